// Takes entities for a change of their votes, and makes those that are unknown, with nothing in them yet; see lock-papers.
// params: curies [string]
// returns: locked
// index: entity_curie (unique)
UNWIND $curies AS curie
MERGE (e:Entity {curie: curie})
SET e.locked = true
REMOVE e.locked
RETURN count(*) AS locked
