// A page of publications in the order of their PMIDs, with all that is told of them and the entities that they mention.
// params: after string (the last PMID seen), limit int
// returns: key, properties, mentions [{curie, properties}]
// index: publication_pmid (unique)
MATCH (p:Publication)
WHERE p.pmid > $after
WITH p
ORDER BY p.pmid
LIMIT $limit
RETURN p.pmid AS key, properties(p) AS properties,
       COLLECT {
         MATCH (p)-[m:MENTIONS]->(e:Entity)
         RETURN {curie: e.curie, properties: properties(m)}
       } AS mentions
ORDER BY key
