// Every key of the API that was ever made, the oldest first. There are few.
// params: none
// returns: id, name, role, hash, createdAtMillis, revokedAtMillis (null while it holds)
// index: none (label scan)
MATCH (k:ApiKey)
RETURN k.id AS id, k.name AS name, k.role AS role, k.hash AS hash, k.createdAtMillis AS createdAtMillis,
       k.revokedAtMillis AS revokedAtMillis
ORDER BY createdAtMillis, id
