// Forgets what documents said, with their texts.
// params: ids [string]
// returns: removed
// index: document_id (unique)
UNWIND $ids AS id
MATCH (d:Document {id: id})
OPTIONAL MATCH (d)<-[:TEXT_OF]-(t:DocumentText)
DETACH DELETE d, t
RETURN count(*) AS removed
