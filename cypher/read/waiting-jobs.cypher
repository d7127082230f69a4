// The first extraction jobs of a model that nobody has in hand, without taking them.
// params: model string, limit int
// returns: id, priority, left (whether somebody had it in hand and is gone)
// index: extraction_job_waiting
MATCH (j:ExtractionJob)
WHERE j.model = $model AND j.waiting > 0.0
  AND coalesce(j.leaseUntilMillis, 0) < timestamp() AND coalesce(j.readyAtMillis, 0) <= timestamp()
WITH j ORDER BY j.waiting LIMIT $limit
RETURN j.id AS id, j.priority AS priority, j.owner IS NOT NULL AS left
