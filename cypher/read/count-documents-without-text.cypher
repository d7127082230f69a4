// How many documents have no text in the graph: those written before texts were kept.
// params: none
// returns: count
// index: none (reads every document)
MATCH (d:Document)
WHERE NOT EXISTS { (d)<-[:TEXT_OF]-(:DocumentText) }
RETURN count(*) AS count
