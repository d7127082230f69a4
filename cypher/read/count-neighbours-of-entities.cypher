// How many neighbours that pass a filter each of many entities has.
// params: curies [string],
//         types [string] or null (relation types), entityTypes [string] or null, standing boolean or null,
//         minBelief float or null, minPapers int or null
// returns: entity, count
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
RETURN curie AS entity, COUNT {
  MATCH (e)<-[:SUBJECT|OBJECT]-(r:Relation)-[:SUBJECT|OBJECT]->(other:Entity)
  WHERE other <> e
    AND r.belief >= coalesce($minBelief, 0.0)
    AND ($standing IS NULL OR (r.papers > 0) = $standing)
    AND ($minPapers IS NULL OR r.papers >= $minPapers)
    AND ($types IS NULL OR r.type IN $types)
    AND ($entityTypes IS NULL OR other.type IN $entityTypes)
  RETURN DISTINCT other
} AS count
