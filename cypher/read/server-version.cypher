// The version of the Neo4j server.
// params: none
// returns: version string
// index: none
CALL dbms.components() YIELD name, versions
WHERE name = 'Neo4j Kernel'
RETURN versions[0] AS version
