// Takes relations for a change of their evidence; unknown ones are passed by. See lock-papers.
// params: ids [string]
// returns: locked
// index: relation_id (unique)
UNWIND $ids AS id
MATCH (r:Relation {id: id})
SET r.locked = true
REMOVE r.locked
RETURN count(*) AS locked
