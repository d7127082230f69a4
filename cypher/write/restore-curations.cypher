// Judgements of curators with all their fields, as an export tells them.
// params: rows [{id, evidence, relation, document, pmid, verdict, curator, comment, correction, made, at, endedAt,
//         endedBy}]
// returns: written
// index: curation_id (unique)
UNWIND $rows AS row
MERGE (c:Curation {id: row.id})
SET c.evidence = row.evidence, c.relation = row.relation, c.document = row.document, c.pmid = row.pmid,
    c.verdict = row.verdict, c.curator = row.curator, c.comment = row.comment, c.correction = row.correction,
    c.made = row.made, c.at = toInteger(row.at), c.endedAt = toInteger(row.endedAt), c.endedBy = row.endedBy
RETURN count(*) AS written
