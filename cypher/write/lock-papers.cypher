// Takes papers for a change: nobody else changes them, or what is of them alone, until the transaction ends. Unknown ones give
// no row.
// subtle: setting and removing a property takes the node's lock; what is read afterwards nobody else changes. Locks are
// taken in the order of `pmids`, which callers sort, so that two who want the same don't wait for each other.
// params: pmids [string]
// returns: pmid
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})
SET p.locked = true
REMOVE p.locked
RETURN pmid
