// Takes away those of some entities to which nothing leads any more: no mention, no relation, no variant.
// params: curies [string]
// returns: removed
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
WHERE NOT EXISTS { (e)--() }
DELETE e
RETURN count(*) AS removed
