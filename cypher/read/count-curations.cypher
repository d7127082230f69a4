// How many judgements the audit trail has.
// params: evidence string or null, pmid string or null, curator string or null, held boolean or null
// returns: count
// index: none (the judgements are counted)
MATCH (c:Curation)
WHERE ($evidence IS NULL OR c.evidence = $evidence)
  AND ($pmid IS NULL OR c.pmid = $pmid)
  AND ($curator IS NULL OR c.curator = $curator)
  AND ($held IS NULL OR (c.endedAt IS NULL) = $held)
RETURN count(c) AS count
