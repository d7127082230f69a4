// The entities of a type that an entity is not related to, by the number of terms that link them: the plain way, which the
// bench of discovery is compared with.
// params: from string, target string (entity type), limit int
// returns: curie, terms
// index: entity_curie (unique)
MATCH (a:Entity {curie: $from})<-[:SUBJECT|OBJECT]-(:Relation)-[:SUBJECT|OBJECT]->(b:Entity)
WHERE b <> a
WITH a, collect(DISTINCT b) AS known
UNWIND known AS b
MATCH (b)<-[:SUBJECT|OBJECT]-(:Relation)-[:SUBJECT|OBJECT]->(c:Entity {type: $target})
WHERE c <> a AND c <> b AND NOT c IN known
RETURN c.curie AS curie, count(DISTINCT b) AS terms
ORDER BY terms DESC, curie
LIMIT $limit
