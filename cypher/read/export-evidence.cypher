// A page of evidence in the order of its ids, with what it comes from and what it supports.
// params: after string (the last id seen), limit int
// returns: key, pmid, relation, properties
// index: evidence_id (unique)
MATCH (v:Evidence)
WHERE v.id > $after
WITH v
ORDER BY v.id
LIMIT $limit
OPTIONAL MATCH (v)-[:FROM]->(p:Publication)
OPTIONAL MATCH (v)-[:SUPPORTS]->(r:Relation)
RETURN v.id AS key, p.pmid AS pmid, r.id AS relation, properties(v) AS properties
ORDER BY key
