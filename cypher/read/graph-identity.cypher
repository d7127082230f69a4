// Which graph this is: versions of two graphs have nothing to do with each other.
// params: none
// returns: identity
// index: none (one node)
MATCH (v:GraphVersion)
WHERE v.identity IS NOT NULL
RETURN v.identity AS identity
