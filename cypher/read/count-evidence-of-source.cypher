// How many rows of evidence a source has of a publication.
// params: pmid string, source string
// returns: count
// index: publication_pmid (unique)
MATCH (:Publication {pmid: $pmid})<-[:FROM]-(v:Evidence {source: $source})
RETURN count(v) AS count
