// How many entities a search finds, and how many hits of the index were looked at.
// params: query string (Lucene), curie string or null, types [string] or null, hits int (looked at)
// returns: count, looked
// index: entity_names (full text), entity_curie (unique)
CALL () {
  MATCH (e:Entity {curie: $curie}) RETURN e, 0 AS hit
  UNION ALL
  CALL db.index.fulltext.queryNodes('entity_names', $query, {limit: $hits}) YIELD node
  RETURN node AS e, 1 AS hit
}
WITH e, sum(hit) AS hits
RETURN count(CASE WHEN $types IS NULL OR e.type IN $types THEN e END) AS count, sum(hits) AS looked
