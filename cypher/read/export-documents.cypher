// A page of documents in the order of their ids, with what their last versions said and their texts.
// params: after string (the last id seen), limit int
// returns: key, pmid, properties, text (properties, or null where none was kept)
// index: document_id (unique)
MATCH (d:Document)
WHERE d.id > $after
WITH d
ORDER BY d.id
LIMIT $limit
OPTIONAL MATCH (d)-[:PART_OF]->(p:Publication)
OPTIONAL MATCH (t:DocumentText)-[:TEXT_OF]->(d)
RETURN d.id AS key, p.pmid AS pmid, properties(d) AS properties, properties(t) AS text
ORDER BY key
