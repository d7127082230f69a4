// The audit trail of curation, the latest first.
// params: id string or null, evidence string or null, pmid string or null, curator string or null, held boolean or null
//         (true: those that still hold), afterAt int or null, afterId string or null, limit int
// returns: id, evidence, relation, document, pmid, verdict, curator, comment, correction, at, endedAt, endedBy
// index: curation_id (unique)
MATCH (c:Curation)
WHERE ($id IS NULL OR c.id = $id)
  AND ($evidence IS NULL OR c.evidence = $evidence)
  AND ($pmid IS NULL OR c.pmid = $pmid)
  AND ($curator IS NULL OR c.curator = $curator)
  AND ($held IS NULL OR (c.endedAt IS NULL) = $held)
  AND ($afterAt IS NULL OR c.at < $afterAt OR (c.at = $afterAt AND c.id > $afterId))
RETURN c.id AS id, c.evidence AS evidence, c.relation AS relation, c.document AS document, c.pmid AS pmid,
       c.verdict AS verdict, c.curator AS curator, c.comment AS comment, c.correction AS correction, c.at AS at,
       c.endedAt AS endedAt, c.endedBy AS endedBy
ORDER BY at DESC, id ASC
LIMIT $limit
