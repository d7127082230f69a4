// Keeps notices that papers are retracted, of papers that the graph has and of others. A first notice keeps its time.
// params: pmids [string], by string or null, at int (milliseconds since 1970)
// returns: recorded
// index: retraction_pmid (unique)
UNWIND $pmids AS pmid
MERGE (n:Retraction {pmid: pmid})
ON CREATE SET n.by = $by, n.at = $at
RETURN count(*) AS recorded
