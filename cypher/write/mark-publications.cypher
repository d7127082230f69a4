// Brings publications up to date with the notices of retraction: one is retracted where a notice or one of its documents
// says so. Unknown papers give no row.
// params: pmids [string]
// returns: pmid, before, now (retracted or not)
// index: publication_pmid (unique), retraction_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})
WHERE EXISTS { (p)<-[:PART_OF]-(:Document) }
WITH p, coalesce(p.retracted, false) AS before,
     EXISTS { MATCH (:Retraction {pmid: p.pmid}) } OR EXISTS { (p)<-[:PART_OF]-(d:Document) WHERE d.retracted } AS now
SET p.retracted = now
RETURN p.pmid AS pmid, before, now
