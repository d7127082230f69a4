// One page of relations for each of many entities, the most believed first.
// params: curies [string], types [string] or null, entityTypes [string] or null (of the other end),
//         minBelief float or null, minPapers int or null, fromYear int or null, toYear int or null,
//         sources [string] or null, sourceKinds [string] or null,
//         afterBelief float or null, afterId string or null, limit int
// returns: entity, id, type, belief, papers, firstYear, lastYear, subject, object
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
CALL (e) {
  MATCH (e)<-[:SUBJECT|OBJECT]-(r:Relation)-[:SUBJECT|OBJECT]->(other:Entity)
  WHERE other <> e
    AND r.belief >= coalesce($minBelief, 0.0)
    AND ($types IS NULL OR r.type IN $types)
    AND ($entityTypes IS NULL OR other.type IN $entityTypes)
    AND ($minPapers IS NULL OR r.papers >= $minPapers)
    AND ($fromYear IS NULL OR r.lastYear >= $fromYear)
    AND ($toYear IS NULL OR r.firstYear <= $toYear)
    AND ($sources IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.source IN $sources })
    AND ($sourceKinds IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.sourceKind IN $sourceKinds })
    AND ($afterBelief IS NULL OR r.belief < $afterBelief OR (r.belief = $afterBelief AND r.id > $afterId))
  RETURN r
  ORDER BY r.belief DESC, r.id ASC
  LIMIT $limit
}
MATCH (s:Entity)<-[:SUBJECT]-(r)-[:OBJECT]->(o:Entity)
RETURN curie AS entity, r.id AS id, r.type AS type, r.belief AS belief, r.papers AS papers,
       r.firstYear AS firstYear, r.lastYear AS lastYear, s.curie AS subject, o.curie AS object
ORDER BY entity, belief DESC, id ASC
