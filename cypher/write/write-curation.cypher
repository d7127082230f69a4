// One judgement of a curator.
// params: id string, evidence string, relation string, document string, pmid string, verdict string, curator string,
//         comment string or null, correction string or null (JSON), made [string] (ids of the evidence it made),
//         at int (milliseconds since 1970)
// returns: id
// index: curation_id (unique)
CREATE (c:Curation {id: $id})
SET c.evidence = $evidence, c.relation = $relation, c.document = $document, c.pmid = $pmid, c.verdict = $verdict,
    c.curator = $curator, c.comment = $comment, c.correction = $correction, c.made = $made, c.at = $at
RETURN c.id AS id
