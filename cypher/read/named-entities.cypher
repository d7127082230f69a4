// Every entity that has a name, with its synonyms, in the order of CURIEs; meant to be streamed.
// params: none
// returns: curie, type, name, synonyms
// index: entity_curie (unique), for the order; reads every entity
MATCH (e:Entity)
WHERE e.curie IS NOT NULL AND e.name IS NOT NULL
RETURN e.curie AS curie, e.type AS type, e.name AS name, coalesce(e.synonyms, []) AS synonyms
ORDER BY curie
