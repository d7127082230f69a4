// How many relations that pass a filter each of many entities has.
// subtle: the other end is looked at only where something is asked of it, which most never do.
// params: curies [string],
//         types [string] or null, entityTypes [string] or null (of the other end), other string or null (the other end),
//         standing boolean or null, minBelief float or null, minPapers int or null, fromYear int or null,
//         toYear int or null, sources [string] or null, sourceKinds [string] or null
// returns: entity, count
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
CALL (e) {
  MATCH (e)<-[:SUBJECT|OBJECT]-(r:Relation)
  WHERE r.belief >= coalesce($minBelief, 0.0)
    AND ($standing IS NULL OR (r.papers > 0) = $standing)
    AND ($types IS NULL OR r.type IN $types)
    AND ($minPapers IS NULL OR r.papers >= $minPapers)
    AND ($fromYear IS NULL OR r.lastYear >= $fromYear)
    AND ($toYear IS NULL OR r.firstYear <= $toYear)
    AND (($entityTypes IS NULL AND $other IS NULL) OR EXISTS {
      MATCH (r)-[:SUBJECT|OBJECT]->(other:Entity)
      WHERE other <> e AND ($entityTypes IS NULL OR other.type IN $entityTypes) AND ($other IS NULL OR other.curie = $other)
    })
    AND ($sources IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.source IN $sources })
    AND ($sourceKinds IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.sourceKind IN $sourceKinds })
  RETURN count(r) AS count
}
RETURN curie AS entity, count
