// Extraction jobs that have not ended, the oldest first.
// params: ended [string] (stages)
// returns: record (JSON)
// index: extraction_job_stage
MATCH (j:ExtractionJob)
WHERE NOT j.stage IN $ended
RETURN j.record AS record
ORDER BY j.submittedAtMillis, j.id
