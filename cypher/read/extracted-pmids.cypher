// Which of some publications a model has read.
// params: ids [string] (PMID, bar, model)
// returns: pmid
// index: extraction_id (unique)
UNWIND $ids AS id
MATCH (x:Extraction {id: id})
RETURN x.pmid AS pmid
