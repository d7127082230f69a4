// All saved questions with their last answers.
// params: none
// returns: record string (JSON), answer string (JSON) or null
// index: none (few questions)
MATCH (q:StandingQuestion)
RETURN q.record AS record, q.answer AS answer
