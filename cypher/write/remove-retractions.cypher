// Takes notices of retraction back.
// params: pmids [string]
// returns: removed
// index: retraction_pmid (unique)
UNWIND $pmids AS pmid
MATCH (n:Retraction {pmid: pmid})
DELETE n
RETURN count(*) AS removed
