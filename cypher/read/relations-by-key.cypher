// All relations that pass a filter, in the order of their ids, which no write changes.
// params: types [string] or null, entityTypes [string] or null, other string or null (at one of its ends),
//         standing boolean or null, minBelief float or null, minPapers int or null, fromYear int or null,
//         toYear int or null, sources [string] or null, sourceKinds [string] or null,
//         afterId string (empty for the first page), limit int
// returns: id, type, belief, papers, firstYear, lastYear, subject, object, place
// index: relation_id (unique), for the order
MATCH (r:Relation)
WHERE r.id > $afterId
  AND r.belief >= coalesce($minBelief, 0.0)
  AND ($standing IS NULL OR (r.papers > 0) = $standing)
  AND ($types IS NULL OR r.type IN $types)
  AND ($minPapers IS NULL OR r.papers >= $minPapers)
  AND ($fromYear IS NULL OR r.lastYear >= $fromYear)
  AND ($toYear IS NULL OR r.firstYear <= $toYear)
MATCH (s:Entity)<-[:SUBJECT]-(r)-[:OBJECT]->(o:Entity)
WHERE ($entityTypes IS NULL OR (s.type IN $entityTypes AND o.type IN $entityTypes))
  AND ($other IS NULL OR $other IN [s.curie, o.curie])
  AND ($sources IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.source IN $sources })
  AND ($sourceKinds IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.sourceKind IN $sourceKinds })
WITH r, s, o
ORDER BY r.id ASC
LIMIT $limit
RETURN r.id AS id, r.type AS type, r.belief AS belief, r.papers AS papers, r.firstYear AS firstYear,
       r.lastYear AS lastYear, s.curie AS subject, o.curie AS object, 0.0 AS place
