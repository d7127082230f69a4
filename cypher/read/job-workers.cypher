// The processes that do extraction jobs, or did within the last week.
// params: none
// returns: id, model, host, pid, jobs, isAlive
// index: extraction_worker_id (unique)
MATCH (w:ExtractionWorker)
RETURN w.id AS id, w.model AS model, w.host AS host, w.pid AS pid, w.jobs AS jobs,
       w.leaseUntilMillis >= timestamp() AS isAlive
ORDER BY id
