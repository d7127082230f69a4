// Keeps the answer to a saved question, unless a later version's is kept.
// params: id string, version int, answer string (JSON)
// returns: id
// index: none (few questions)
MATCH (q:StandingQuestion {id: $id})
WHERE coalesce(q.version, -1) < $version
SET q.version = $version, q.answer = $answer
RETURN q.id AS id
