// The text of documents with where their mentions stand; both JSON, as a property holds no maps.
// params: rows [{id, passages, mentions}] (id is the document's)
// returns: written
// index: document_id (unique), document_text_id (unique)
UNWIND $rows AS row
MATCH (d:Document {id: row.id})
MERGE (t:DocumentText {id: row.id})
SET t.passages = row.passages, t.mentions = row.mentions
MERGE (t)-[:TEXT_OF]->(d)
RETURN count(*) AS written
