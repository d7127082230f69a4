// One row of evidence by itself, with all that it needs: the plain way, which the bench of writing is compared with.
// params: id string, pmid string, subject string, object string, type string, relation string, source string
// returns: relation
// index: publication_pmid (unique), entity_curie (unique), relation_id (unique), evidence_id (unique)
MERGE (p:Publication {pmid: $pmid})
MERGE (s:Entity {curie: $subject})
MERGE (o:Entity {curie: $object})
MERGE (p)-[:MENTIONS]->(s)
MERGE (p)-[:MENTIONS]->(o)
MERGE (r:Relation {id: $relation})
ON CREATE SET r.type = $type
MERGE (r)-[:SUBJECT]->(s)
MERGE (r)-[:OBJECT]->(o)
MERGE (v:Evidence {id: $id})
SET v.probability = 1.0, v.source = $source, v.sentence = '', v.negated = false
MERGE (v)-[:FROM]->(p)
MERGE (v)-[:SUPPORTS]->(r)
RETURN r.id AS relation
