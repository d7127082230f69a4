// One page of neighbours for each of many entities as of the end of a year: the other ends of the relations that
// papers of until then support, the most believed first. Belief is core's: the weights of papers in rising order.
// params: curies [string], asOf int, reliability map (by kind of source),
//         types [string] or null (relation types), entityTypes [string] or null, standing boolean or null,
//         minBelief float or null, minPapers int or null, afterBelief float or null, afterCurie string or null, limit int
// returns: entity, neighbour, belief (of the likeliest relation), relations [id]
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
  WITH other, r, belief ORDER BY belief DESC, r.id ASC
  WITH other.curie AS neighbour, max(belief) AS belief, collect(r.id) AS relations
  WHERE $afterBelief IS NULL OR belief < $afterBelief OR (belief = $afterBelief AND neighbour > $afterCurie)
  RETURN neighbour, belief, relations
  ORDER BY belief DESC, neighbour ASC
  LIMIT $limit
}
RETURN curie AS entity, neighbour, belief, relations
ORDER BY entity, belief DESC, neighbour ASC
