// An owner that closes leaves its unfinished jobs to whoever comes first.
// params: owner string, unfinished [string] (stages)
// returns: released
// index: extraction_job_stage
MATCH (j:ExtractionJob)
WHERE j.stage IN $unfinished AND j.owner = $owner
SET j.leaseUntilMillis = 0
RETURN count(j) AS released
