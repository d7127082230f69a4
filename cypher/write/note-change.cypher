// Notes which relations a write touched, under the version that it made; of the notes the last 500 are kept.
// params: relations [string], isWhole boolean (false: too much changed to be listed)
// returns: version
// index: graph_version_id (unique); the notes are few and scanned
MATCH (g:GraphVersion {id: 'graph'})
CREATE (:GraphChange {version: g.version, relations: $relations, isWhole: $isWhole})
WITH g
CALL (g) {
  MATCH (old:GraphChange)
  WHERE old.version <= g.version - 500
  DELETE old
  RETURN count(*) AS forgotten
}
RETURN g.version AS version
