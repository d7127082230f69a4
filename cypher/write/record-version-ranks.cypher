// Remembers how late the versions of papers are.
// params: rows [{pmid, file, version}]
// returns: recorded
// index: version_rank_pmid
UNWIND $rows AS row
MERGE (known:VersionRank {pmid: row.pmid})
SET known.file = row.file, known.version = row.version
RETURN count(*) AS recorded
