// Saves a question that is to be asked again whenever the graph changes. It is no knowledge: the version stays.
// params: id string, record string (JSON)
// returns: id
// index: none
CREATE (q:StandingQuestion {id: $id, record: $record})
RETURN q.id AS id
