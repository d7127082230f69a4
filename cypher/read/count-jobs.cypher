// How many extraction jobs pass a filter.
// params: ids [string] or null, stages [string] or null, priority string or null, model string or null,
//         isPaused boolean or null
// returns: count
// index: extraction_job_stage
MATCH (j:ExtractionJob)
WHERE ($ids IS NULL OR j.id IN $ids)
  AND ($stages IS NULL OR j.stage IN $stages)
  AND ($priority IS NULL OR j.priority = $priority)
  AND ($model IS NULL OR j.model = $model)
  AND ($isPaused IS NULL OR j.isPaused = $isPaused)
RETURN count(j) AS count
