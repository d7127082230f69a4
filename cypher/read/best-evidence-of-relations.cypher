// The row of evidence that shows each of many relations best: one that counts, with a sentence, of the surest source.
// params: ids [string], asOf int or null, reliability map (by kind of source)
// returns: relation, id, pmid, document, sentence, start, end, mentions, probability, sourceKind, source, negated,
//          year, subject, subjectProbability, novel, noveltyProbability (null where nobody says), retracted
// index: relation_id (unique)
UNWIND $ids AS relation
MATCH (r:Relation {id: relation})
CALL (r) {
  MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
  WHERE $asOf IS NULL OR ev.year <= $asOf
  RETURN ev, p
  ORDER BY ev.negated OR coalesce(p.retracted, false), ev.sentence = '',
           ev.probability * $reliability[ev.sourceKind] DESC, ev.id
  LIMIT 1
}
RETURN relation, ev.id AS id, p.pmid AS pmid, ev.document AS document, ev.sentence AS sentence,
       ev.start AS start, ev.end AS end, ev.mentions AS mentions, ev.probability AS probability,
       ev.sourceKind AS sourceKind, ev.source AS source, ev.negated AS negated, ev.year AS year,
       ev.subject AS subject, ev.subjectProbability AS subjectProbability, ev.novel AS novel,
       ev.noveltyProbability AS noveltyProbability, coalesce(p.retracted, false) AS retracted
