// How many extraction jobs are in each stage, paused or not, in somebody's hand or not.
// params: none
// returns: stage, isPaused, isRunning, count
// index: extraction_job_stage
MATCH (j:ExtractionJob)
WHERE j.stage IS NOT NULL
RETURN j.stage AS stage, coalesce(j.isPaused, false) AS isPaused,
       j.owner IS NOT NULL AND coalesce(j.leaseUntilMillis, 0) >= timestamp() AS isRunning, count(*) AS count
