// Evidence that a program extracted and no curator has judged, by how much a verdict is expected to change belief: with
// doubt D of the relation's other papers, weight w and probability p of the row, D * (p * (0.99 - w) + (1 - p) * w).
// params: curie string or null (at one end), reliability map (by kind of source), limit int
// returns: id, change
// index: relation_belief, entity_curie (unique)
CALL () {
  MATCH (r:Relation) WHERE $curie IS NULL AND r.belief > 0 RETURN r
  UNION ALL
  MATCH (:Entity {curie: $curie})<-[:SUBJECT|OBJECT]-(r:Relation) WHERE r.belief > 0 RETURN r
}
MATCH (r)<-[:SUPPORTS]-(v:Evidence)-[:FROM]->(p:Publication)
WHERE v.sourceKind IN ['model', 'pubtator3'] AND NOT v.negated AND NOT coalesce(p.retracted, false)
  AND NOT EXISTS { (r)<-[:SUPPORTS]-(:Evidence {sourceKind: 'curator'})-[:FROM]->(p) }
WITH r, v, p, v.probability * $reliability[v.sourceKind] AS weight
WITH v, weight, (1.0 - r.belief) / (1.0 - weight) AS doubt
WITH v, doubt * (v.probability * ($reliability['curator'] - weight) + (1.0 - v.probability) * weight) AS change
RETURN v.id AS id, change
ORDER BY change DESC, id ASC
LIMIT $limit
