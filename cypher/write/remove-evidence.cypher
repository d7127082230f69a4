// Takes away rows of evidence that their source no longer asserts.
// params: ids [string]
// returns: removed
// index: evidence_id (unique)
UNWIND $ids AS id
MATCH (v:Evidence {id: id})
DETACH DELETE v
RETURN count(*) AS removed
