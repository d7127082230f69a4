// Publications by PMID. Unknown ones give no row.
// params: pmids [string]
// returns: pmid, title, journal, year, doi, retracted
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})
RETURN p.pmid AS pmid, coalesce(p.title, '') AS title, p.journal AS journal, p.year AS year, p.doi AS doi,
       coalesce(p.retracted, false) AS retracted
