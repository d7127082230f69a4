// Takes extraction jobs for a change, as lock-jobs does, and makes those that are unknown, with nothing in them yet.
// params: ids [string]
// returns: id, record (JSON, null for a new one), owner or null, leaseUntilMillis, readyAtMillis, nowMillis
// index: extraction_job_id (unique)
UNWIND $ids AS id
MERGE (j:ExtractionJob {id: id})
SET j.locked = true
REMOVE j.locked
RETURN id, j.record AS record, j.owner AS owner, coalesce(j.leaseUntilMillis, 0) AS leaseUntilMillis,
       coalesce(j.readyAtMillis, 0) AS readyAtMillis, timestamp() AS nowMillis
