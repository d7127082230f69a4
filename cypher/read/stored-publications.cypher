// Publications exactly as written; what a write merges into.
// params: pmids [string]
// returns: pmid, title, journal, year, doi, retracted
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})
RETURN pmid, p.title AS title, p.journal AS journal, p.year AS year, p.doi AS doi, p.retracted AS retracted
