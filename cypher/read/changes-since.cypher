// The notes of what changed after a version, in order.
// params: version int
// returns: version, relations [string], isWhole
// index: none (at most 500 notes)
MATCH (c:GraphChange)
WHERE c.version > $version
RETURN c.version AS version, c.relations AS relations, c.isWhole AS isWhole
ORDER BY version
