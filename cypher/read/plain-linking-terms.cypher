// How many entities are related to both of two: the plain way, which the bench of discovery is compared with.
// params: from string, to string
// returns: terms
// index: entity_curie (unique)
MATCH (a:Entity {curie: $from})<-[:SUBJECT|OBJECT]-(:Relation)-[:SUBJECT|OBJECT]->(b:Entity)
      <-[:SUBJECT|OBJECT]-(:Relation)-[:SUBJECT|OBJECT]->(c:Entity {curie: $to})
WHERE b <> a AND b <> c
RETURN count(DISTINCT b) AS terms
