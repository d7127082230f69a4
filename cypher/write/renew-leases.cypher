// An owner's sign of life: its jobs stay its own for another while. Gives those that still are.
// params: ids [string], owner string, leaseMillis int, unfinished [string] (stages)
// returns: id
// index: extraction_job_id (unique)
UNWIND $ids AS id
MATCH (j:ExtractionJob {id: id})
WHERE j.owner = $owner AND j.stage IN $unfinished
SET j.leaseUntilMillis = timestamp() + $leaseMillis
RETURN j.id AS id
