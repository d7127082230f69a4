// What the last versions of documents said: of those so called, in whatever corpus, and of all others of the same
// papers and of these papers; what a write puts another version in place of.
// params: documents [string] (their own names), pmids [string]
// returns: document, corpus, pmid, title, journal, year, doi, retracted, curies, types, spellings, names, counts,
//          variants, genes, models, digests, merged (as written by write-documents)
// index: document_name, publication_pmid (unique)
CALL () {
  UNWIND $documents AS document
  MATCH (:Document {document: document})-[:PART_OF]->(p:Publication)
  RETURN p
  UNION
  UNWIND $pmids AS pmid
  MATCH (p:Publication {pmid: pmid})
  RETURN p
}
WITH DISTINCT p
MATCH (p)<-[:PART_OF]-(d:Document)
RETURN d.document AS document, d.corpus AS corpus, p.pmid AS pmid, d.title AS title, d.journal AS journal,
       d.year AS year, d.doi AS doi, d.retracted AS retracted, d.curies AS curies, d.types AS types,
       d.spellings AS spellings, d.names AS names, d.counts AS counts, d.variants AS variants, d.genes AS genes,
       d.models AS models, d.digests AS digests, d.merged AS merged
