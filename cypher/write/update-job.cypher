// Writes how far an extraction job is, if it is this owner's and has not ended: an end is never written over.
// subtle: setting and removing a property takes the node's lock; what is read afterwards nobody else changes.
// params: id string, stage string, record string (JSON), owner string, leaseMillis int, unfinished [string] (stages)
// returns: held, record (JSON, as it is now)
// index: extraction_job_id (unique)
MATCH (j:ExtractionJob {id: $id})
SET j.locked = true
REMOVE j.locked
WITH j, j.stage IN $unfinished AND coalesce(j.owner, '') = $owner AS held
FOREACH (_ IN CASE WHEN held THEN [1] ELSE [] END |
  SET j.stage = $stage, j.record = $record, j.leaseUntilMillis = timestamp() + $leaseMillis)
RETURN held, j.record AS record
