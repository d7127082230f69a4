// Takes papers for a change, as lock-papers does, and makes those that are unknown, with nothing in them yet.
// params: pmids [string]
// returns: pmid, isNew
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
OPTIONAL MATCH (known:Publication {pmid: pmid})
MERGE (p:Publication {pmid: pmid})
SET p.locked = true
REMOVE p.locked
RETURN pmid, known IS NULL AS isNew
