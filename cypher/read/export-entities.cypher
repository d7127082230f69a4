// A page of entities in the order of their CURIEs, with the votes behind their names and the genes that variants lie in.
// params: after string (the last CURIE seen), limit int
// returns: key, labels [string], properties, genes [{curie, properties}]
// index: entity_curie (unique)
MATCH (e:Entity)
WHERE e.curie > $after
WITH e
ORDER BY e.curie
LIMIT $limit
RETURN e.curie AS key, labels(e) AS labels, properties(e) AS properties,
       COLLECT { MATCH (e)-[o:OF]->(g:Entity) RETURN {curie: g.curie, properties: properties(o)} } AS genes
ORDER BY key
