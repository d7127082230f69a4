// An owner that closes leaves its unfinished jobs to whoever comes first, and is not seen any more.
// params: owner string, unfinished [string] (stages)
// returns: released
// index: extraction_job_stage
OPTIONAL MATCH (w:ExtractionWorker {id: $owner})
SET w.leaseUntilMillis = 0, w.jobs = 0
WITH count(w) AS _
OPTIONAL MATCH (j:ExtractionJob)
WHERE j.stage IN $unfinished AND j.owner = $owner
SET j.leaseUntilMillis = 0, j.owner = null
RETURN count(j) AS released
