// Entities by CURIE as the papers until the end of a year have them: the type and the name that most of those papers
// use, and the spellings in them. Those that no such paper mentions give no row.
// params: curies [string], asOf int
// returns: curie, type, name, synonyms
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
CALL (e) {
  MATCH (e)<-[m:MENTIONS]-(p:Publication)
  WHERE p.year <= $asOf
  WITH m.type AS type, count(*) AS papers
  ORDER BY papers DESC, CASE type WHEN 'Gene' THEN 0 WHEN 'Disease' THEN 1 WHEN 'Chemical' THEN 2 WHEN 'Variant' THEN 3
                                  WHEN 'Species' THEN 4 ELSE 5 END
  RETURN type
  LIMIT 1
}
CALL (e) {
  MATCH (e)<-[m:MENTIONS]-(p:Publication)
  WHERE p.year <= $asOf
  UNWIND m.names AS name
  WITH name, sum(CASE WHEN name = m.names[0] THEN 1 ELSE 0 END) AS votes
  ORDER BY votes DESC, name
  RETURN collect(name) AS synonyms
}
RETURN curie, type, synonyms[0] AS name, synonyms
