// Which gene a variant lies in, by how many documents, as an export tells it.
// params: rows [{variant, gene, documents}]
// returns: written
// index: entity_curie (unique)
UNWIND $rows AS row
MATCH (v:Entity {curie: row.variant})
MATCH (g:Entity {curie: row.gene})
MERGE (v)-[o:OF]->(g)
SET o.documents = toInteger(row.documents)
RETURN count(*) AS written
