// What programs alone say of an entity's relations: one row of each paper and relation, by which a curator would judge it. What a
// curator judged, or a corpus says too, was read by people before. Relations without such rows have empty lists.
// params: curie string, reliability map (by kind of source)
// returns: relation, belief, rows [{id, probability, kind}]
// index: entity_curie (unique)
MATCH (:Entity {curie: $curie})<-[:SUBJECT|OBJECT]-(r:Relation)
WHERE r.belief > 0
RETURN r.id AS relation, r.belief AS belief, COLLECT {
  MATCH (r)<-[:SUPPORTS]-(v:Evidence)-[:FROM]->(p:Publication)
  WITH p, v, CASE WHEN v.negated OR coalesce(p.retracted, false) THEN null
                  ELSE v.probability * $reliability[v.sourceKind] END AS said
  ORDER BY said DESC, v.id
  WITH p, [row IN collect({v: v, said: said}) WHERE row.said IS NOT NULL | row.v][0] AS v,
       any(kind IN collect(v.sourceKind) WHERE kind IN ['curator', 'corpus']) AS wasRead
  WHERE v IS NOT NULL AND NOT wasRead
  RETURN {id: v.id, probability: v.probability, kind: v.sourceKind}
} AS rows
