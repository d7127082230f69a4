// Forgets a saved question.
// params: id string
// returns: removed
// index: none (few questions)
MATCH (q:StandingQuestion {id: $id})
DELETE q
RETURN count(*) AS removed
