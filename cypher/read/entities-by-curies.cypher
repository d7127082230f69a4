// Entities by CURIE. Unknown ones give no row.
// params: curies [string]
// returns: curie, type, name, synonyms
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
RETURN e.curie AS curie, e.type AS type, e.name AS name, coalesce(e.synonyms, []) AS synonyms
