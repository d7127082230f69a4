// A page of how late the versions of papers are that update files brought, in the order of their PMIDs.
// params: after string (the last PMID seen), limit int
// returns: key, properties
// index: version_rank_pmid (unique)
MATCH (n:VersionRank)
WHERE n.pmid > $after
RETURN n.pmid AS key, properties(n) AS properties
ORDER BY key
LIMIT $limit
