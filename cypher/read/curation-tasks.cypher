// What programs alone say of the relations whose belief is nearest to a middle, so many on either side of it: rows as those of
// curation-tasks-of-entity.
// subtle: among equal beliefs the order is the index's, and a greater limit only adds at the ends.
// params: middle float, limit int, reliability map (by kind of source)
// returns: isAbove, relation, belief, rows [{id, probability, kind}]; both sides from the middle outwards
// index: relation_belief
CALL () {
  MATCH (r:Relation) WHERE r.belief >= $middle
  WITH r ORDER BY r.belief ASC LIMIT $limit
  RETURN r, true AS isAbove
  UNION ALL
  MATCH (r:Relation) WHERE r.belief > 0 AND r.belief < $middle
  WITH r ORDER BY r.belief DESC LIMIT $limit
  RETURN r, false AS isAbove
}
RETURN isAbove, r.id AS relation, r.belief AS belief, COLLECT {
  MATCH (r)<-[:SUPPORTS]-(v:Evidence)-[:FROM]->(p:Publication)
  WITH p, v, CASE WHEN v.negated OR coalesce(p.retracted, false) THEN null
                  ELSE v.probability * $reliability[v.sourceKind] END AS said
  ORDER BY said DESC, v.id
  WITH p, [row IN collect({v: v, said: said}) WHERE row.said IS NOT NULL | row.v][0] AS v,
       any(kind IN collect(v.sourceKind) WHERE kind IN ['curator', 'corpus']) AS wasRead
  WHERE v IS NOT NULL AND NOT wasRead
  RETURN {id: v.id, probability: v.probability, kind: v.sourceKind}
} AS rows
