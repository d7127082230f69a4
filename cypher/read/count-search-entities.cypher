// How many entities a search finds; counts at most 5000 full-text hits.
// params: query string (Lucene), curie string or null, types [string] or null
// returns: count
// index: entity_names (full text), entity_curie (unique)
CALL () {
  MATCH (e:Entity {curie: $curie}) RETURN e
  UNION
  CALL db.index.fulltext.queryNodes('entity_names', $query, {limit: 5000}) YIELD node
  RETURN node AS e
}
WITH DISTINCT e
WHERE $types IS NULL OR e.type IN $types
RETURN count(e) AS count
