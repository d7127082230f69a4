// Extraction jobs by id. Unknown ones give no row.
// params: ids [string]
// returns: id, record (JSON)
// index: extraction_job_id (unique)
UNWIND $ids AS id
MATCH (j:ExtractionJob {id: id})
RETURN id, j.record AS record
