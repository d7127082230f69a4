// A page of one entity's relations in the order of their ids, as export-knowledge gives all.
// subtle: without the collecting Neo4j walks through all relations by their ids, and looks which are the entity's.
// params: curie string, after string (the last id seen), limit int, asOf int or null, types [string] or null,
//         entityTypes [string] or null (the other end is of these), minBelief float (used as it is stored, so not as of
//         a year), standing boolean or null (likewise)
// returns: key, type, subject, object, belief, papers, firstYear, lastYear, rows (as export-knowledge)
// index: entity_curie (unique)
MATCH (e:Entity {curie: $curie})<-[:SUBJECT|OBJECT]-(r:Relation)
WITH e, collect(r) AS all
UNWIND all AS r
WITH e, r
WHERE r.id > $after
  AND ($types IS NULL OR r.type IN $types)
  AND ($asOf IS NOT NULL OR (r.belief >= $minBelief AND ($standing IS NULL OR (r.papers > 0) = $standing)))
MATCH (s:Entity)<-[:SUBJECT]-(r)-[:OBJECT]->(o:Entity)
WHERE $entityTypes IS NULL OR CASE WHEN s = e THEN o.type ELSE s.type END IN $entityTypes
WITH r, s, o
ORDER BY r.id
LIMIT $limit
RETURN r.id AS key, r.type AS type, s.curie AS subject, o.curie AS object, r.belief AS belief, r.papers AS papers,
       r.firstYear AS firstYear, r.lastYear AS lastYear,
       COLLECT {
         MATCH (r)<-[:SUPPORTS]-(v:Evidence)-[:FROM]->(p:Publication)
         WHERE $asOf IS NULL OR v.year <= $asOf
         RETURN {id: v.id, pmid: p.pmid, document: v.document, source: v.source, sourceKind: v.sourceKind,
                 probability: v.probability, negated: v.negated, retracted: coalesce(p.retracted, false),
                 year: v.year, sentence: v.sentence, subject: v.subject,
                 subjectProbability: v.subjectProbability}
       } AS rows
ORDER BY key
