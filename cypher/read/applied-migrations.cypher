// The migrations that this database has had.
// params: none
// returns: id, checksum
// index: none (a handful of nodes)
MATCH (m:Migration)
RETURN m.id AS id, m.checksum AS checksum
ORDER BY id
