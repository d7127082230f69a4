// How late the versions are that update files brought of some papers.
// params: pmids
// returns: pmid, file, version
// index: version_rank_pmid
UNWIND $pmids AS pmid
MATCH (known:VersionRank {pmid: pmid})
RETURN known.pmid AS pmid, known.file AS file, known.version AS version
