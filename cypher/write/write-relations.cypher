// Relations between two entities, taken for a change as lock-relations does; their belief follows in update-relations.
// params: rows [{id, type, subject, object}]
// returns: written
// index: relation_id (unique), entity_curie (unique)
UNWIND $rows AS row
MATCH (s:Entity {curie: row.subject})
MATCH (o:Entity {curie: row.object})
MERGE (r:Relation {id: row.id})
ON CREATE SET r.type = row.type
SET r.locked = true
REMOVE r.locked
MERGE (r)-[:SUBJECT]->(s)
MERGE (r)-[:OBJECT]->(o)
RETURN count(*) AS written
