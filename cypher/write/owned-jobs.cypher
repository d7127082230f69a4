// Which of some extraction jobs are still an owner's. A write, as a follower of a cluster may not know yet.
// params: ids [string], owner string, unfinished [string] (stages)
// returns: id
// index: extraction_job_id (unique)
UNWIND $ids AS id
MATCH (j:ExtractionJob {id: id})
WHERE j.owner = $owner AND j.stage IN $unfinished
RETURN id
