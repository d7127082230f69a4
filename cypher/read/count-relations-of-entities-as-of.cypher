// How many relations that pass a filter each of many entities has as of the end of a year.
// params: curies [string], asOf int, reliability map (by kind of source),
//         types [string] or null, entityTypes [string] or null (of the other end), other string or null (the other end),
//         standing boolean or null, minBelief float or null, minPapers int or null, fromYear int or null,
//         toYear int or null, sources [string] or null, sourceKinds [string] or null
// returns: entity, count
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
CALL (e) {
  MATCH (e)<-[:SUBJECT|OBJECT]-(r:Relation)-[:SUBJECT|OBJECT]->(other:Entity)
  WHERE other <> e
    AND ($entityTypes IS NULL OR other.type IN $entityTypes)
    AND ($other IS NULL OR other.curie = $other)
    AND ($types IS NULL OR r.type IN $types)
  CALL (r) {
    MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
    WHERE ev.year <= $asOf
    WITH p.pmid AS paper, ev.year AS year,
         sum(CASE WHEN ev.sourceKind <> 'curator' THEN 0 WHEN ev.negated THEN 1 ELSE -1 END) AS denials,
         max(CASE WHEN NOT ev.negated AND NOT coalesce(p.retracted, false)
                  THEN ev.probability * $reliability[ev.sourceKind] END) AS said,
         sum(CASE WHEN $sources IS NULL OR ev.source IN $sources THEN 1 ELSE 0 END) AS bySource,
         sum(CASE WHEN $sourceKinds IS NULL OR ev.sourceKind IN $sourceKinds THEN 1 ELSE 0 END) AS byKind
    WITH year, bySource, byKind, CASE WHEN denials <= 0 THEN said END AS weight
    ORDER BY weight
    RETURN collect(weight) AS weights, sum(bySource) AS bySource, sum(byKind) AS byKind,
           min(CASE WHEN weight IS NOT NULL THEN year END) AS firstYear,
           max(CASE WHEN weight IS NOT NULL THEN year END) AS lastYear
  }
  WITH r, other, firstYear, lastYear, bySource, byKind, size(weights) AS papers,
       1.0 - reduce(doubt = 1.0, weight IN weights | doubt * (1.0 - weight)) AS belief
  WHERE bySource > 0
    AND byKind > 0
    AND ($standing IS NULL OR (papers > 0) = $standing)
    AND belief >= coalesce($minBelief, 0.0)
    AND ($minPapers IS NULL OR papers >= $minPapers)
    AND ($fromYear IS NULL OR lastYear >= $fromYear)
    AND ($toYear IS NULL OR firstYear <= $toYear)
  RETURN count(*) AS count
}
RETURN curie AS entity, count
