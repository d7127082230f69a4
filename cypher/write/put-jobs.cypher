// Writes extraction jobs that lock-jobs, lock-new-jobs or lock-next-jobs took in the same transaction.
// params: rows [{id, pmid, model, stage, priority, isPaused, record, submittedAtMillis, waiting or null,
//         owner or null, leaseUntilMillis, readyAtMillis, endedAtMillis or null}]
// returns: written
// index: extraction_job_id (unique)
UNWIND $rows AS row
MATCH (j:ExtractionJob {id: row.id})
SET j.pmid = row.pmid, j.model = row.model, j.stage = row.stage, j.priority = row.priority, j.isPaused = row.isPaused,
    j.record = row.record, j.submittedAtMillis = toInteger(row.submittedAtMillis),
    j.waiting = toFloat(row.waiting), j.owner = row.owner, j.leaseUntilMillis = toInteger(row.leaseUntilMillis),
    j.readyAtMillis = toInteger(row.readyAtMillis), j.endedAtMillis = toInteger(row.endedAtMillis)
RETURN count(*) AS written
