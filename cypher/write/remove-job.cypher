// Forgets an extraction job that its owner claimed and that comes to nothing.
// params: id string, owner string
// returns: removed
// index: extraction_job_id (unique)
MATCH (j:ExtractionJob {id: $id})
WHERE j.owner = $owner
DELETE j
RETURN count(*) AS removed
