// Makes unfinished extraction jobs this owner's whose owner's lease has passed: all of a model, or one of any.
// subtle: the lock is taken in the order of the ids, so that two who take up at once don't wait for each other; what
// the other took meanwhile is seen by the second look.
// params: model string, id string or null, owner string, leaseMillis int, unfinished [string] (stages)
// returns: record (JSON)
// index: extraction_job_stage
MATCH (j:ExtractionJob)
WHERE j.stage IN $unfinished AND (j.id = $id OR ($id IS NULL AND j.model = $model))
  AND coalesce(j.leaseUntilMillis, 0) < timestamp()
WITH j ORDER BY j.id
SET j.locked = true
REMOVE j.locked
WITH j
WHERE j.stage IN $unfinished AND coalesce(j.leaseUntilMillis, 0) < timestamp()
SET j.owner = $owner, j.leaseUntilMillis = timestamp() + $leaseMillis
RETURN j.record AS record
ORDER BY j.submittedAtMillis, j.id
