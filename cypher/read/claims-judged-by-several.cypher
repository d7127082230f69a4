// What several curators judged: each claim (what a document says of a relation) with what each says of it, as far as it holds.
// params: none
// returns: relation, said [{curator, verdict, correction (JSON) or null}]
// index: none (the judgements are read)
MATCH (c:Curation)
WHERE c.endedAt IS NULL
WITH c.document AS document, c.relation AS relation,
     collect({curator: c.curator, verdict: c.verdict, correction: c.correction}) AS said
WHERE size(said) > 1
RETURN relation, said
ORDER BY document, relation
