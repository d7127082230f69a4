// Entities with the votes behind their types and names; what a write merges into. One that was made to be taken has none yet.
// params: curies [string]
// returns: curie, typeVotes, synonyms, synonymVotes, synonymPapers
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
WHERE e.typeVotes IS NOT NULL
RETURN curie, e.typeVotes AS typeVotes, e.synonyms AS synonyms, e.synonymVotes AS synonymVotes,
       e.synonymPapers AS synonymPapers
