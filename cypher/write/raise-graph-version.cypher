// Raises the graph's version: something has changed. Who reads a version sees all that was written up to it.
// subtle: setting and removing a property takes the node's lock, so that the version which is raised is the last.
// params: none
// returns: version
// index: graph_version_id (unique)
MERGE (g:GraphVersion {id: 'graph'})
ON CREATE SET g.version = 0
SET g.locked = true, g.identity = coalesce(g.identity, randomUUID())
REMOVE g.locked
WITH g
SET g.version = g.version + 1
RETURN g.version AS version
