// Forgets what documents said.
// params: ids [string]
// returns: removed
// index: document_id (unique)
UNWIND $ids AS id
MATCH (d:Document {id: id})
DETACH DELETE d
RETURN count(*) AS removed
