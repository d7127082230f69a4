// Takes away relations that no evidence supports any more, with their direct relationships.
// params: ids [string]
// returns: removed
// index: relation_id (unique)
UNWIND $ids AS id
MATCH (s:Entity)<-[:SUBJECT]-(r:Relation {id: id})-[:OBJECT]->(o:Entity)
OPTIONAL MATCH (s)-[d:ASSOCIATION|BIND|COMPARISON|CONVERSION|COTREATMENT|DRUG_INTERACTION|NEGATIVE_CORRELATION
                     |POSITIVE_CORRELATION {relationId: id}]->(o)
DELETE d
DETACH DELETE r
RETURN count(*) AS removed
