// Takes away what publications no longer mention.
// params: rows [{pmid, curie}]
// returns: removed
// index: publication_pmid (unique), entity_curie (unique)
UNWIND $rows AS row
MATCH (:Publication {pmid: row.pmid})-[m:MENTIONS]->(:Entity {curie: row.curie})
DELETE m
RETURN count(*) AS removed
