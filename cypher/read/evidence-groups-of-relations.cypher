// How much each source says of each of many relations.
// params: ids [string], asOf int or null
// returns: relation, source, sourceKind, rows, papers, counting
// index: relation_id (unique)
UNWIND $ids AS relation
MATCH (r:Relation {id: relation})<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
WHERE $asOf IS NULL OR ev.year <= $asOf
RETURN relation, ev.source AS source, ev.sourceKind AS sourceKind, count(ev) AS rows,
       count(DISTINCT p) AS papers,
       sum(CASE WHEN ev.negated OR coalesce(p.retracted, false) THEN 0 ELSE 1 END) AS counting
ORDER BY relation, counting DESC, source
