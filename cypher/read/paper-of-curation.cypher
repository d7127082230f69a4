// Which paper a judgement is on, and the relations that it may touch.
// params: id string
// returns: pmid
// index: curation_id (unique)
MATCH (c:Curation {id: $id})
RETURN c.pmid AS pmid
