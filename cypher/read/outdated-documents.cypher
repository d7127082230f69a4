// The documents that one model has read and another has not, and what corpus each is of; null for those of no corpus.
// params: since string (a model), model string
// returns: pmid, corpus
// index: document_id (unique)
MATCH (d:Document)
WHERE $since IN d.models AND NOT $model IN d.models
RETURN d.document AS pmid, d.corpus AS corpus
