// Which of some papers are retracted by a notice, whatever their documents say.
// params: pmids [string]
// returns: pmid
// index: retraction_pmid (unique)
UNWIND $pmids AS pmid
MATCH (n:Retraction {pmid: pmid})
RETURN pmid
