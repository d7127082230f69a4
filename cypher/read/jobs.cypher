// Extraction jobs that pass a filter, the last submitted first.
// params: ids [string] or null, stages [string] or null, priority string or null, model string or null,
//         isPaused boolean or null,
//         afterMillis int or null, afterId string or null, limit int
// returns: record (JSON)
// index: extraction_job_submitted
MATCH (j:ExtractionJob)
WHERE j.submittedAtMillis IS NOT NULL
  AND ($afterMillis IS NULL OR j.submittedAtMillis < $afterMillis
       OR (j.submittedAtMillis = $afterMillis AND j.id > $afterId))
  AND ($ids IS NULL OR j.id IN $ids)
  AND ($stages IS NULL OR j.stage IN $stages)
  AND ($priority IS NULL OR j.priority = $priority)
  AND ($model IS NULL OR j.model = $model)
  AND ($isPaused IS NULL OR j.isPaused = $isPaused)
WITH j ORDER BY j.submittedAtMillis DESC, j.id LIMIT $limit
RETURN j.record AS record
