// Takes the next extraction jobs of a model that nobody has in hand, the most urgent first. Some may be had by others
// by the time that the lock is ours: the rows say what they are then.
// subtle: the index gives the jobs in their order, so that a long queue is not read to its end.
// params: model string, before float (`waiting` of the jobs is below it), limit int
// returns: record (JSON), owner or null, leaseUntilMillis, readyAtMillis, nowMillis (the database's clock)
// index: extraction_job_waiting
MATCH (j:ExtractionJob)
WHERE j.model = $model AND j.waiting < $before
  AND coalesce(j.leaseUntilMillis, 0) < timestamp() AND coalesce(j.readyAtMillis, 0) <= timestamp()
WITH j ORDER BY j.waiting LIMIT $limit
WITH j ORDER BY j.id
SET j.locked = true
REMOVE j.locked
WITH j ORDER BY j.waiting
RETURN j.record AS record, j.owner AS owner, coalesce(j.leaseUntilMillis, 0) AS leaseUntilMillis,
       coalesce(j.readyAtMillis, 0) AS readyAtMillis, timestamp() AS nowMillis
