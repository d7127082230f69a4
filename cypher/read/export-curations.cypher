// A page of the audit trail of curation in the order of its ids.
// params: after string (the last id seen), limit int
// returns: key, properties
// index: curation_id (unique)
MATCH (c:Curation)
WHERE c.id > $after
RETURN c.id AS key, properties(c) AS properties
ORDER BY key
LIMIT $limit
