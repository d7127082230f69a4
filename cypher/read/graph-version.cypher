// The graph's version, which every write that changes something raises.
// params: none
// returns: version
// index: none (one node)
MATCH (v:GraphVersion)
RETURN v.version AS version
