// Ends a key of the API; one that has ended keeps its time.
// params: id string, revokedAtMillis int
// returns: id; no row for an unknown one
// index: api_key_id (unique)
MATCH (k:ApiKey {id: $id})
SET k.revokedAtMillis = coalesce(k.revokedAtMillis, $revokedAtMillis)
RETURN k.id AS id
