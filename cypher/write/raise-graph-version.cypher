// Raises the graph's version: something has changed.
// params: none
// returns: version
// index: graph_version_id (unique)
MATCH (g:GraphVersion {id: 'graph'})
SET g.version = g.version + 1
RETURN g.version AS version
