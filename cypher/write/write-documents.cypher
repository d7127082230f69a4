// What the last versions of documents say, so that the next can take their place. Lists stand side by side: for
// each of `curies` its type and how many of `names` and `counts` are its spellings; for each of `variants` its
// gene; for each of `models` a digest of what it read.
// params: rows [{id, document, corpus, pmid, title, journal, year, doi, retracted, curies, types, spellings,
//         names, counts, variants, genes, models, digests, merged}]
// returns: written
// index: document_id (unique), publication_pmid (unique)
UNWIND $rows AS row
MATCH (p:Publication {pmid: row.pmid})
MERGE (d:Document {id: row.id})
SET d.document = row.document, d.corpus = row.corpus, d.title = row.title, d.journal = row.journal,
    d.year = toInteger(row.year), d.doi = row.doi, d.retracted = row.retracted, d.curies = row.curies,
    d.types = row.types, d.spellings = [n IN row.spellings | toInteger(n)], d.names = row.names,
    d.counts = [n IN row.counts | toInteger(n)], d.variants = row.variants, d.genes = row.genes,
    d.models = row.models, d.digests = row.digests, d.merged = row.merged
MERGE (d)-[:PART_OF]->(p)
RETURN count(*) AS written
