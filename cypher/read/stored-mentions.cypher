// What publications mention, as written; what a write merges into.
// params: pmids [string]
// returns: pmid, curie, type, names, counts
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})-[m:MENTIONS]->(e:Entity)
RETURN pmid, e.curie AS curie, m.type AS type, m.names AS names, m.counts AS counts
