// The models that extraction jobs wait for, and when a worker of each was last heard of; 0 for never.
// params: none
// returns: model, silentMillis (by the database's clock)
// index: extraction_job_waiting
MATCH (j:ExtractionJob)
WHERE j.model IS NOT NULL AND j.waiting IS NOT NULL
WITH DISTINCT j.model AS model
OPTIONAL MATCH (w:ExtractionWorker {model: model})
WITH model, coalesce(max(w.seenAtMillis), 0) AS seenAtMillis
RETURN model, timestamp() - seenAtMillis AS silentMillis
