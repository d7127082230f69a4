// Makes this transaction the only writer until it ends, as every write raises the version of the whole graph.
// subtle: setting and removing a property takes the node's lock; what is read afterwards nobody else changes.
// params: none
// returns: version
// index: graph_version_id (unique)
MERGE (g:GraphVersion {id: 'graph'})
ON CREATE SET g.version = 0
SET g.locked = true, g.identity = coalesce(g.identity, randomUUID())
REMOVE g.locked
RETURN g.version AS version
