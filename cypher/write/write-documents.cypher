// What the last versions of documents say, so that the next can take their place. Lists stand side by side: for
// each of `curies` its type and how many of `names` and `counts` are its spellings; for each of `variants` its
// gene; for each of `models` a digest of what it read. An empty list is not kept, as Neo4j's importer keeps none.
// params: rows [{id, document, corpus, pmid, title, journal, year, doi, retracted, curies, types, spellings,
//         names, counts, variants, genes, models, digests, merged}]
// returns: written, shared (documents that another writer, whom this one did not see, has put into another paper meanwhile)
// index: document_id (unique), publication_pmid (unique)
UNWIND $rows AS row
MATCH (p:Publication {pmid: row.pmid})
MERGE (d:Document {id: row.id})
SET d.document = row.document, d.corpus = row.corpus, d.title = row.title, d.journal = row.journal,
    d.year = toInteger(row.year), d.doi = row.doi, d.retracted = row.retracted, d.curies = nullIf(row.curies, []),
    d.types = nullIf(row.types, []), d.spellings = nullIf([n IN row.spellings | toInteger(n)], []),
    d.names = nullIf(row.names, []), d.counts = nullIf([n IN row.counts | toInteger(n)], []),
    d.variants = nullIf(row.variants, []), d.genes = nullIf(row.genes, []), d.models = nullIf(row.models, []),
    d.digests = nullIf(row.digests, []), d.merged = row.merged
MERGE (d)-[:PART_OF]->(p)
WITH DISTINCT d
RETURN count(*) AS written, sum(CASE WHEN COUNT { (d)-[:PART_OF]->() } > 1 THEN 1 ELSE 0 END) AS shared
