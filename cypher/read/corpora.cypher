// Which annotated corpora the graph's documents are of.
// params: none
// returns: name, documents, publications
// index: none (the documents are counted)
MATCH (d:Document)-[:PART_OF]->(p:Publication)
WHERE d.corpus IS NOT NULL
RETURN d.corpus AS name, count(d) AS documents, count(DISTINCT p) AS publications
ORDER BY name
