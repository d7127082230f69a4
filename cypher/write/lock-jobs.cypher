// Takes extraction jobs for a change: nobody else changes them until the transaction ends. Unknown ones give no row.
// subtle: setting and removing a property takes the node's lock; what is read afterwards nobody else changes. Locks are
// taken in the order of `ids`, which callers sort, so that two who want the same don't wait for each other.
// params: ids [string]
// returns: record (JSON), owner or null, leaseUntilMillis, readyAtMillis, nowMillis (the database's clock)
// index: extraction_job_id (unique)
UNWIND $ids AS id
MATCH (j:ExtractionJob {id: id})
SET j.locked = true
REMOVE j.locked
RETURN j.record AS record, j.owner AS owner, coalesce(j.leaseUntilMillis, 0) AS leaseUntilMillis,
       coalesce(j.readyAtMillis, 0) AS readyAtMillis, timestamp() AS nowMillis
