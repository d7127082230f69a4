// How many extraction jobs have ended of late, by the database's clock.
// params: millis int (how long ago at most)
// returns: count
// index: extraction_job_ended
MATCH (j:ExtractionJob)
WHERE j.endedAtMillis >= timestamp() - $millis
RETURN count(j) AS count
