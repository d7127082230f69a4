// The best simple paths of up to three hops between two entities, by the product of beliefs, damped by degree^-0.4 at each
// entity between: the plain way, which the bench of discovery is compared with.
// params: from string, to string, limit int
// returns: entities [string] (those between), score
// index: entity_curie (unique)
MATCH (a:Entity {curie: $from}), (b:Entity {curie: $to})
CALL (a, b) {
  MATCH (a)<-[:SUBJECT|OBJECT]-(r:Relation)-[:SUBJECT|OBJECT]->(b)
  WITH max(r.belief) AS score
  WHERE score > 0
  RETURN [] AS entities, score
  UNION
  MATCH (a)<-[:SUBJECT|OBJECT]-(one:Relation)-[:SUBJECT|OBJECT]->(x:Entity)
        <-[:SUBJECT|OBJECT]-(two:Relation)-[:SUBJECT|OBJECT]->(b)
  WHERE x <> a AND x <> b
  WITH x, max(one.belief) * max(two.belief) AS product
  RETURN [x.curie] AS entities, product * COUNT {
    MATCH (x)<-[:SUBJECT|OBJECT]-(:Relation)-[:SUBJECT|OBJECT]->(n:Entity) WHERE n <> x RETURN DISTINCT n
  } ^ -0.4 AS score
  UNION
  MATCH (a)<-[:SUBJECT|OBJECT]-(one:Relation)-[:SUBJECT|OBJECT]->(x:Entity)
        <-[:SUBJECT|OBJECT]-(two:Relation)-[:SUBJECT|OBJECT]->(y:Entity)
        <-[:SUBJECT|OBJECT]-(three:Relation)-[:SUBJECT|OBJECT]->(b)
  WHERE x <> a AND x <> b AND y <> a AND y <> b AND x <> y
  WITH x, y, max(one.belief) * max(two.belief) * max(three.belief) AS product
  WITH x, collect({y: y, product: product}) AS further
  WITH x, further, COUNT {
    MATCH (x)<-[:SUBJECT|OBJECT]-(:Relation)-[:SUBJECT|OBJECT]->(n:Entity) WHERE n <> x RETURN DISTINCT n
  } ^ -0.4 AS damped
  UNWIND further AS step
  WITH step.y AS y, collect({x: x.curie, product: step.product * damped}) AS before
  WITH y, before, COUNT {
    MATCH (y)<-[:SUBJECT|OBJECT]-(:Relation)-[:SUBJECT|OBJECT]->(n:Entity) WHERE n <> y RETURN DISTINCT n
  } ^ -0.4 AS damped
  UNWIND before AS step
  RETURN [step.x, y.curie] AS entities, step.product * damped AS score
}
RETURN entities, score
ORDER BY score DESC, entities
LIMIT $limit
