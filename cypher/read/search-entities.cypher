// Entities by name, synonym or CURIE: exact matches, then prefixes, then what the full-text index finds near.
// params: query string (Lucene), text string (lower case, blanks for hyphens), curie string or null, types [string] or null,
//         hits int (looked at),
//         afterRank int or null, afterScore float or null, afterCurie string or null, limit int
// returns: curie, type, name, synonyms, rank, score
// index: entity_names (full text), entity_curie (unique)
CALL () {
  MATCH (e:Entity {curie: $curie}) RETURN e, 0.0 AS found
  UNION ALL
  CALL db.index.fulltext.queryNodes('entity_names', $query, {limit: $hits}) YIELD node, score
  RETURN node AS e, score AS found
}
WITH e, max(found) AS score
WHERE $types IS NULL OR e.type IN $types
WITH e, score, [n IN [e.name] + coalesce(e.synonyms, []) |
                replace(replace(toLower(n), '’', "'"), '-', ' ')] AS names
WITH e, score,
     CASE
       WHEN e.curie = $curie THEN 4
       WHEN names[0] = $text THEN 3
       WHEN $text IN names THEN 2
       WHEN any(n IN names WHERE n STARTS WITH $text) THEN 1
       ELSE 0
     END AS rank
WHERE $afterRank IS NULL
   OR rank < $afterRank
   OR (rank = $afterRank AND score < $afterScore)
   OR (rank = $afterRank AND score = $afterScore AND e.curie > $afterCurie)
WITH e, rank, score
ORDER BY rank DESC, score DESC, e.curie ASC
LIMIT $limit
RETURN e.curie AS curie, e.type AS type, e.name AS name, coalesce(e.synonyms, []) AS synonyms, rank, score
