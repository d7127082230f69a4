// Takes away publications of which no document is left.
// params: pmids [string]
// returns: removed
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})
DETACH DELETE p
RETURN count(*) AS removed
