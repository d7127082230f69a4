// One page of neighbours for each of many entities: the other ends of their relations, the most believed first.
// params: curies [string],
//         types [string] or null (relation types), entityTypes [string] or null, standing boolean or null,
//         minBelief float or null, minPapers int or null, afterBelief float or null, afterCurie string or null, limit int
// returns: entity, neighbour, belief (of the likeliest relation), relations [id]
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
CALL (e) {
  MATCH (e)<-[:SUBJECT|OBJECT]-(r:Relation)-[:SUBJECT|OBJECT]->(other:Entity)
  WHERE other <> e
    AND r.belief >= coalesce($minBelief, 0.0)
    AND ($standing IS NULL OR (r.papers > 0) = $standing)
    AND ($minPapers IS NULL OR r.papers >= $minPapers)
    AND ($types IS NULL OR r.type IN $types)
    AND ($entityTypes IS NULL OR other.type IN $entityTypes)
  WITH other, r ORDER BY r.belief DESC, r.id ASC
  WITH other.curie AS neighbour, max(r.belief) AS belief, collect(r.id) AS relations
  WHERE $afterBelief IS NULL OR belief < $afterBelief OR (belief = $afterBelief AND neighbour > $afterCurie)
  RETURN neighbour, belief, relations
  ORDER BY belief DESC, neighbour ASC
  LIMIT $limit
}
RETURN curie AS entity, neighbour, belief, relations
ORDER BY entity, belief DESC, neighbour ASC
