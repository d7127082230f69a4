// Takes away papers of which there is no document: those that lock-new-papers made, and nothing was written of.
// params: pmids [string]
// returns: removed
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})
WHERE NOT EXISTS { (p)--() }
DELETE p
RETURN count(*) AS removed
