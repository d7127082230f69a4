// One page of evidence for each of many relations, the most probable first. `counting` keeps what adds to belief, or
// only what does not: the negated, and that of retracted papers.
// params: ids [string], asOf int or null, sources [string] or null, sourceKinds [string] or null,
//         counting boolean or null, afterProbability float or null, afterId string or null, limit int
// returns: relation, id, pmid, document, sentence, start, end, mentions, probability, sourceKind, source, negated,
//          year, subject, subjectProbability, novel, noveltyProbability (null where nobody says), retracted
// index: relation_id (unique)
UNWIND $ids AS relation
MATCH (r:Relation {id: relation})
CALL (r) {
  MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
  WHERE ($asOf IS NULL OR ev.year <= $asOf)
    AND ($sources IS NULL OR ev.source IN $sources)
    AND ($sourceKinds IS NULL OR ev.sourceKind IN $sourceKinds)
    AND ($counting IS NULL OR (NOT ev.negated AND NOT coalesce(p.retracted, false)) = $counting)
    AND ($afterProbability IS NULL OR ev.probability < $afterProbability
         OR (ev.probability = $afterProbability AND ev.id > $afterId))
  RETURN ev, p
  ORDER BY ev.probability DESC, ev.id ASC
  LIMIT $limit
}
RETURN relation, ev.id AS id, p.pmid AS pmid, ev.document AS document, ev.sentence AS sentence,
       ev.start AS start, ev.end AS end, ev.mentions AS mentions, ev.probability AS probability,
       ev.sourceKind AS sourceKind, ev.source AS source, ev.negated AS negated, ev.year AS year,
       ev.subject AS subject, ev.subjectProbability AS subjectProbability, ev.novel AS novel,
       ev.noveltyProbability AS noveltyProbability, coalesce(p.retracted, false) AS retracted
ORDER BY relation, probability DESC, id ASC
