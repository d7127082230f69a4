// How many neighbours that pass a filter each of many entities has as of the end of a year.
// params: curies [string], asOf int, reliability map (by kind of source),
//         types [string] or null (relation types), entityTypes [string] or null, standing boolean or null,
//         minBelief float or null, minPapers int or null
// returns: entity, count
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
CALL (e) {
  MATCH (e)<-[:SUBJECT|OBJECT]-(r:Relation)-[:SUBJECT|OBJECT]->(other:Entity)
  WHERE other <> e
    AND ($types IS NULL OR r.type IN $types)
    AND ($entityTypes IS NULL OR other.type IN $entityTypes)
  CALL (r) {
    MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
    WHERE ev.year <= $asOf
    WITH p.pmid AS paper, count(*) AS rows,
         sum(CASE WHEN ev.sourceKind <> 'curator' THEN 0 WHEN ev.negated THEN 1 ELSE -1 END) AS denials,
         max(CASE WHEN NOT ev.negated AND NOT coalesce(p.retracted, false)
                  THEN ev.probability * $reliability[ev.sourceKind] END) AS said
    WITH rows, CASE WHEN denials <= 0 THEN said END AS weight
    ORDER BY weight
    RETURN collect(weight) AS weights, sum(rows) AS rows
  }
  WITH other, r, rows, size(weights) AS papers,
       1.0 - reduce(doubt = 1.0, weight IN weights | doubt * (1.0 - weight)) AS belief
  WHERE rows > 0
    AND belief >= coalesce($minBelief, 0.0)
    AND ($standing IS NULL OR (papers > 0) = $standing)
    AND ($minPapers IS NULL OR papers >= $minPapers)
  RETURN count(DISTINCT other) AS count
}
RETURN curie AS entity, count
