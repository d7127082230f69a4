// Tells the owner of an extraction job, wherever it runs, to call it off; it hears so with its next sign of life.
// params: id string, unfinished [string] (stages)
// returns: id
// index: extraction_job_id (unique)
MATCH (j:ExtractionJob {id: $id})
WHERE j.stage IN $unfinished
SET j.stopAsked = true
RETURN j.id AS id
