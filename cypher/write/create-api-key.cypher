// Keeps a new key of the API, by its hash.
// params: id string, name string, role string, hash string, createdAtMillis int
// returns: id
// index: api_key_id (unique)
CREATE (k:ApiKey {id: $id, name: $name, role: $role, hash: $hash, createdAtMillis: $createdAtMillis})
RETURN k.id AS id
