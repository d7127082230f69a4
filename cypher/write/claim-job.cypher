// Makes an extraction job this owner's, if it is free: new, of a stage that starts anew, or left by an owner whose
// lease has passed. Times are the database's, as the owners' clocks may differ.
// subtle: setting and removing a property takes the node's lock; what is read afterwards nobody else changes.
// params: id string, pmid string, model string, stage string, submittedAtMillis int, record string (JSON),
//   owner string, leaseMillis int, unfinished [string] (stages), anew [string] (stages)
// returns: claimed, before (JSON, null for a new one)
// index: extraction_job_id (unique)
MERGE (j:ExtractionJob {id: $id})
SET j.locked = true
REMOVE j.locked
WITH j, j.record AS before,
     j.stage IS NULL OR j.stage IN $anew
       OR (j.stage IN $unfinished AND coalesce(j.leaseUntilMillis, 0) < timestamp()) AS claimed
FOREACH (_ IN CASE WHEN claimed THEN [1] ELSE [] END |
  SET j.pmid = $pmid, j.model = $model, j.stage = $stage, j.submittedAtMillis = $submittedAtMillis,
      j.record = $record, j.owner = $owner, j.leaseUntilMillis = timestamp() + $leaseMillis, j.stopAsked = false)
RETURN claimed, before
