// How many rows of evidence each of many relations has.
// params: ids [string], asOf int or null, sources [string] or null, sourceKinds [string] or null,
//         counting boolean or null
// returns: key, count
// index: relation_id (unique)
UNWIND $ids AS relation
MATCH (r:Relation {id: relation})
RETURN relation AS key, COUNT {
  MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
  WHERE ($asOf IS NULL OR ev.year <= $asOf)
    AND ($sources IS NULL OR ev.source IN $sources)
    AND ($sourceKinds IS NULL OR ev.sourceKind IN $sourceKinds)
    AND ($counting IS NULL OR (NOT ev.negated AND NOT coalesce(p.retracted, false)) = $counting)
} AS count
