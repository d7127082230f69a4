// Writes down that a migration was applied.
// params: id string, checksum string
// returns: id
// index: migration_id (unique)
MERGE (m:Migration {id: $id})
SET m.checksum = $checksum
RETURN m.id AS id
