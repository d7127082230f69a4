// Which gene a variant lies in, where annotations say so: by how many documents more, or fewer, than before.
// params: rows [{variant, gene, change}]
// returns: removed (links that no document tells any more)
// index: entity_curie (unique)
UNWIND $rows AS row
MATCH (v:Entity {curie: row.variant})
MATCH (g:Entity {curie: row.gene})
MERGE (v)-[o:OF]->(g)
ON CREATE SET o.documents = 0
SET o.documents = o.documents + toInteger(row.change)
WITH o WHERE o.documents <= 0
DELETE o
RETURN count(*) AS removed
