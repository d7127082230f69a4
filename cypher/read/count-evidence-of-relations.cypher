// How many rows of evidence each of many relations has.
// params: ids [string], asOf int or null
// returns: key, count
// index: relation_id (unique)
UNWIND $ids AS relation
MATCH (r:Relation {id: relation})
RETURN relation AS key, COUNT {
  MATCH (r)<-[:SUPPORTS]-(ev:Evidence)
  WHERE $asOf IS NULL OR ev.year <= $asOf
} AS count
