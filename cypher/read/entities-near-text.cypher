// Entities whose names share words with a text: candidates for finding mentions in it, the closest first.
// params: query string (Lucene), limit int
// returns: curie, type, name, synonyms, score
// index: entity_names (full text)
CALL db.index.fulltext.queryNodes('entity_names', $query, {limit: $limit}) YIELD node AS e, score
RETURN e.curie AS curie, e.type AS type, e.name AS name, coalesce(e.synonyms, []) AS synonyms, score
ORDER BY score DESC, curie ASC
