// One page of evidence for each of many publications, the most probable first.
// params: pmids [string], afterProbability float or null, afterId string or null, limit int
// returns: relation, id, pmid, document, sentence, start, end, mentions, probability, sourceKind, source, negated,
//          year, subject, subjectProbability, novel, noveltyProbability (null where nobody says), retracted
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})
CALL (p) {
  MATCH (p)<-[:FROM]-(ev:Evidence)
  WHERE $afterProbability IS NULL OR ev.probability < $afterProbability
     OR (ev.probability = $afterProbability AND ev.id > $afterId)
  RETURN ev
  ORDER BY ev.probability DESC, ev.id ASC
  LIMIT $limit
}
MATCH (ev)-[:SUPPORTS]->(r:Relation)
RETURN r.id AS relation, ev.id AS id, p.pmid AS pmid, ev.document AS document, ev.sentence AS sentence,
       ev.start AS start, ev.end AS end, ev.mentions AS mentions, ev.probability AS probability,
       ev.sourceKind AS sourceKind, ev.source AS source, ev.negated AS negated, ev.year AS year,
       ev.subject AS subject, ev.subjectProbability AS subjectProbability, ev.novel AS novel,
       ev.noveltyProbability AS noveltyProbability, coalesce(p.retracted, false) AS retracted
ORDER BY pmid, probability DESC, id ASC
