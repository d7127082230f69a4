// An extraction job as it is now.
// params: id string, stage string, pmid string, model string, submittedAtMillis int, record string (JSON)
// returns: id
// index: extraction_job_id (unique)
MERGE (j:ExtractionJob {id: $id})
SET j.stage = $stage, j.pmid = $pmid, j.model = $model, j.submittedAtMillis = $submittedAtMillis,
    j.record = $record
RETURN j.id AS id
