// Notices that papers are retracted with all their fields, as an export tells them.
// params: rows [{pmid, by, at}]
// returns: written
// index: retraction_pmid (unique)
UNWIND $rows AS row
MERGE (n:Retraction {pmid: row.pmid})
SET n.by = row.by, n.at = toInteger(row.at)
RETURN count(*) AS written
