// Which papers documents so called belong to, in whatever corpus.
// params: documents [string] (their own names)
// returns: pmid
// index: document_name
UNWIND $documents AS document
MATCH (:Document {document: document})-[:PART_OF]->(p:Publication)
RETURN DISTINCT p.pmid AS pmid
