// Which model has read which publication; written with its evidence, so that a killed run knows where it was.
// params: rows [{id, pmid, model}]
// returns: changed (new ones only)
// index: extraction_id (unique)
UNWIND $rows AS row
WITH row WHERE NOT EXISTS { (:Extraction {id: row.id}) }
MERGE (x:Extraction {id: row.id})
SET x.pmid = row.pmid, x.model = row.model
RETURN count(*) AS changed
