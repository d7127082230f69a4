// A worker's sign of life. Workers that have not been heard of for a week are forgotten.
// params: id string, model string, host string, pid int, jobs int, leaseMillis int, forgetMillis int
// returns: id
// index: extraction_worker_id (unique)
MERGE (w:ExtractionWorker {id: $id})
SET w.model = $model, w.host = $host, w.pid = $pid, w.jobs = $jobs, w.seenAtMillis = timestamp(),
    w.leaseUntilMillis = timestamp() + $leaseMillis
WITH w
CALL () {
  MATCH (old:ExtractionWorker)
  WHERE old.seenAtMillis < timestamp() - $forgetMillis
  DELETE old
}
RETURN w.id AS id
