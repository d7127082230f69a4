// What a store that was imported holds, and whether it was empty before; every count comes from the count store.
// params: none
// returns: nodes, relationships, housekeeping (nodes that say nothing of the literature, and are made anew), keys
// index: count store
CALL () { MATCH (n) RETURN count(n) AS nodes }
CALL () { MATCH ()-[r]->() RETURN count(r) AS relationships }
CALL () { MATCH (n:Migration) RETURN count(n) AS migrations }
CALL () { MATCH (n:GraphVersion) RETURN count(n) AS versions }
CALL () { MATCH (n:GraphChange) RETURN count(n) AS changes }
CALL () { MATCH (n:ExtractionWorker) RETURN count(n) AS workers }
CALL () { MATCH (n:ApiKey) RETURN count(n) AS keys }
RETURN nodes, relationships, migrations + versions + changes + workers AS housekeeping, keys
