// How much the graph holds; every count comes from the count store.
// params: none
// returns: publications, entities, relations, evidence, genes, diseases, chemicals, variants
// index: count store
CALL () { MATCH (n:Publication) RETURN count(n) AS publications }
CALL () { MATCH (n:Entity) RETURN count(n) AS entities }
CALL () { MATCH (n:Relation) RETURN count(n) AS relations }
CALL () { MATCH (n:Evidence) RETURN count(n) AS evidence }
CALL () { MATCH (n:Gene) RETURN count(n) AS genes }
CALL () { MATCH (n:Disease) RETURN count(n) AS diseases }
CALL () { MATCH (n:Chemical) RETURN count(n) AS chemicals }
CALL () { MATCH (n:Variant) RETURN count(n) AS variants }
RETURN publications, entities, relations, evidence, genes, diseases, chemicals, variants
