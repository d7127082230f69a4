// Brings publications up to date with the notices of retraction: one is retracted where a notice or one of its documents
// says so. Gives the relations that those which changed speak of; unknown papers give no row.
// params: pmids [string]
// returns: pmid, before, now (retracted or not), relations [string]
// index: publication_pmid (unique), retraction_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})
WHERE EXISTS { (p)<-[:PART_OF]-(:Document) }
WITH p, coalesce(p.retracted, false) AS before,
     EXISTS { MATCH (:Retraction {pmid: p.pmid}) } OR EXISTS { (p)<-[:PART_OF]-(d:Document) WHERE d.retracted } AS now
SET p.retracted = now
RETURN p.pmid AS pmid, before, now,
       CASE WHEN before = now THEN []
            ELSE COLLECT { MATCH (p)<-[:FROM]-(:Evidence)-[:SUPPORTS]->(r:Relation) RETURN DISTINCT r.id }
       END AS relations
