// Which publication names which entity, with its spellings there and how often each is used. An empty list is not kept,
// as Neo4j's importer keeps none.
// params: rows [{pmid, curie, type, names, counts, count}]
// returns: written
// index: publication_pmid (unique), entity_curie (unique)
UNWIND $rows AS row
MATCH (p:Publication {pmid: row.pmid})
MATCH (e:Entity {curie: row.curie})
MERGE (p)-[m:MENTIONS]->(e)
SET m.type = row.type, m.names = nullIf(row.names, []),
    m.counts = nullIf([count IN row.counts | toInteger(count)], []),
    m.count = toInteger(row.count)
RETURN count(*) AS written
