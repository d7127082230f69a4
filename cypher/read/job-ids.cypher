// The ids of the extraction jobs that pass a filter, in their order.
// params: ids [string] or null, stages [string] or null, priority string or null, model string or null,
//         isPaused boolean or null,
//         afterId string, limit int
// returns: id
// index: extraction_job_id (unique)
MATCH (j:ExtractionJob)
WHERE j.id > $afterId
  AND ($ids IS NULL OR j.id IN $ids)
  AND ($stages IS NULL OR j.stage IN $stages)
  AND ($priority IS NULL OR j.priority = $priority)
  AND ($model IS NULL OR j.model = $model)
  AND ($isPaused IS NULL OR j.isPaused = $isPaused)
RETURN j.id AS id ORDER BY id LIMIT $limit
