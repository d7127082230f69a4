// How many relations that pass a filter each of many entities has, by relation type, the other end's type and the
// year of the first paper.
// params: curies [string],
//         types [string] or null, entityTypes [string] or null (of the other end), other string or null (the other end),
//         standing boolean or null, minBelief float or null, minPapers int or null, fromYear int or null,
//         toYear int or null, sources [string] or null, sourceKinds [string] or null
// returns: entity, type, entityType, firstYear, count
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
CALL (e) {
  MATCH (e)<-[:SUBJECT|OBJECT]-(r:Relation)-[:SUBJECT|OBJECT]->(other:Entity)
  WHERE other <> e
    AND ($entityTypes IS NULL OR other.type IN $entityTypes)
    AND ($other IS NULL OR other.curie = $other)
    AND r.belief >= coalesce($minBelief, 0.0)
    AND ($standing IS NULL OR (r.papers > 0) = $standing)
    AND ($types IS NULL OR r.type IN $types)
    AND ($minPapers IS NULL OR r.papers >= $minPapers)
    AND ($fromYear IS NULL OR r.lastYear >= $fromYear)
    AND ($toYear IS NULL OR r.firstYear <= $toYear)
    AND ($sources IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.source IN $sources })
    AND ($sourceKinds IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.sourceKind IN $sourceKinds })
  RETURN r.type AS type, other.type AS entityType, r.firstYear AS firstYear, count(r) AS count
}
RETURN curie AS entity, type, entityType, firstYear, count
ORDER BY entity, type, entityType, firstYear
