// Evidence that a program extracted and no curator has judged, one row of each paper and relation, by how much a verdict is
// expected to change belief: with doubt D of the relation's other papers, weight w of this one and probability p of the row,
// D * (p * |0.99 - w| + (1 - p) * w).
// params: curie string or null (at one end), reliability map (by kind of source), limit int
// returns: id, change
// index: relation_belief, entity_curie (unique)
CALL () {
  MATCH (r:Relation) WHERE $curie IS NULL AND r.belief > 0 RETURN r
  UNION ALL
  MATCH (:Entity {curie: $curie})<-[:SUBJECT|OBJECT]-(r:Relation) WHERE r.belief > 0 RETURN r
}
MATCH (r)<-[:SUPPORTS]-(v:Evidence)-[:FROM]->(p:Publication)
WHERE NOT v.negated AND NOT coalesce(p.retracted, false)
WITH r, p, v, v.probability * $reliability[v.sourceKind] AS said
ORDER BY said DESC, v.id
WITH r, p, max(said) AS weight,
     [row IN collect(v) WHERE row.sourceKind IN ['model', 'pubtator3']][0] AS v
WHERE v IS NOT NULL
  AND NOT EXISTS { (r)<-[:SUPPORTS]-(:Evidence {sourceKind: 'curator'})-[:FROM]->(p) }
WITH v, weight, (1.0 - r.belief) / (1.0 - weight) AS doubt
WITH v, doubt * (v.probability * abs($reliability['curator'] - weight) + (1.0 - v.probability) * weight) AS change
RETURN v.id AS id, change
ORDER BY change DESC, id ASC
LIMIT $limit
