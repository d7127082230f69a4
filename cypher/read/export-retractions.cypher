// A page of the notices that papers are retracted, in the order of their PMIDs.
// params: after string (the last PMID seen), limit int
// returns: key, properties
// index: retraction_pmid (unique)
MATCH (n:Retraction)
WHERE n.pmid > $after
RETURN n.pmid AS key, properties(n) AS properties
ORDER BY key
LIMIT $limit
