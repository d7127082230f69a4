// Which of some documents a model has read, with a digest of what it read; empty where the graph does not know.
// params: ids [string], documents [string] (their own names, for what an older graph remembers), model string
// returns: id, digest
// index: document_id (unique), document_name
CALL () {
  UNWIND $ids AS id
  MATCH (d:Document {id: id})
  RETURN d
  UNION
  UNWIND $documents AS document
  MATCH (d:Document {document: document})
  WHERE d.merged
  RETURN d
}
WITH d
WHERE $model IN d.models
RETURN d.id AS id, [i IN range(0, size(d.models) - 1) WHERE d.models[i] = $model | d.digests[i]][0] AS digest
