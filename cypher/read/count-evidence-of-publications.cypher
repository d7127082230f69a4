// How many rows of evidence each of many publications gives.
// params: pmids [string]
// returns: key, count
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})
RETURN pmid AS key, COUNT { (p)<-[:FROM]-(:Evidence) } AS count
