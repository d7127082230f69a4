// A page of relations in the order of their ids, with the direct relationships that stand for them between their ends.
// subtle: those are looked for by all their possible types; without types Neo4j walks through every mention of an entity.
// params: after string (the last id seen), limit int
// returns: key, subject, object, properties, direct [{type, properties}]
// index: relation_id (unique)
MATCH (r:Relation)
WHERE r.id > $after
WITH r
ORDER BY r.id
LIMIT $limit
OPTIONAL MATCH (r)-[:SUBJECT]->(s:Entity)
OPTIONAL MATCH (r)-[:OBJECT]->(o:Entity)
RETURN r.id AS key, s.curie AS subject, o.curie AS object, properties(r) AS properties,
       COLLECT {
         MATCH (s)-[d:ASSOCIATION|BIND|COMPARISON|CONVERSION|COTREATMENT|DRUG_INTERACTION|NEGATIVE_CORRELATION
                     |POSITIVE_CORRELATION]->(o)
         WHERE d.relationId = r.id
         RETURN {type: type(d), properties: properties(d)}
       } AS direct
ORDER BY key
