// The evidence that publications give, as far as belief is concerned.
// params: pmids [string]
// returns: relation, pmid, probability, sourceKind, source, negated, year
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (:Publication {pmid: pmid})<-[:FROM]-(v:Evidence)-[:SUPPORTS]->(r:Relation)
RETURN r.id AS relation, pmid, v.probability AS probability, v.sourceKind AS sourceKind, v.source AS source,
       v.negated AS negated, v.year AS year
