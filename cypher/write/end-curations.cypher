// Ends judgements that still hold: by their id, or those of a curator on what a document says of a relation. They stay
// in the audit trail; what they made is to be taken away.
// params: id string or null, document string or null, relation string or null, curator string or null, by string,
//         at int (milliseconds since 1970)
// returns: id, made [string], relation
// index: curation_id (unique), curation_claim
MATCH (c:Curation)
WHERE c.endedAt IS NULL
  AND (c.id = $id OR (c.document = $document AND c.relation = $relation AND c.curator = $curator))
SET c.endedAt = $at, c.endedBy = $by
RETURN c.id AS id, c.made AS made, c.relation AS relation
