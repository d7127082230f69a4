// Which gene a variant lies in, where the annotation says so.
// params: rows [{variant, gene}]
// returns: changed (new links only)
// index: entity_curie (unique)
UNWIND $rows AS row
MATCH (v:Entity {curie: row.variant})
MATCH (g:Entity {curie: row.gene})
WITH v, g WHERE NOT EXISTS { (v)-[:OF]->(g) }
MERGE (v)-[:OF]->(g)
RETURN count(*) AS changed
