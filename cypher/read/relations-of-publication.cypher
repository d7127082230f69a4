// The relations that a paper speaks of.
// params: pmid string
// returns: relation
// index: publication_pmid (unique)
MATCH (:Publication {pmid: $pmid})<-[:FROM]-(:Evidence)-[:SUPPORTS]->(r:Relation)
RETURN DISTINCT r.id AS relation
ORDER BY relation
