// Takes papers for a change, as lock-papers does, and makes those that are unknown, with nothing in them yet.
// subtle: whether a paper is new says who makes it: another writer may make it between a look and the taking.
// params: pmids [string]
// returns: pmid, isNew
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MERGE (p:Publication {pmid: pmid})
ON CREATE SET p.isNew = true
SET p.locked = true
REMOVE p.locked
WITH pmid, p, p.isNew IS NOT NULL AS isNew
REMOVE p.isNew
RETURN pmid, isNew
