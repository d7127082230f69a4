// All relations that pass a filter as of the end of a year, in an order: what a graph built from the papers of until
// then would give. Belief is core's: the weights of papers are multiplied in rising order.
// params: asOf int, reliability map (by kind of source),
//         types [string] or null, entityTypes [string] or null, other string or null (at one of its ends),
//         standing boolean or null, minBelief float or null, minPapers int or null, fromYear int or null,
//         toYear int or null, sources [string] or null, sourceKinds [string] or null,
//         order string (belief, papers, newest, oldest, id), afterPlace float or null, afterId string or null, limit int
// returns: id, type, belief, papers, firstYear, lastYear, subject, object, place
// index: none (reads every relation)
MATCH (s:Entity)<-[:SUBJECT]-(r:Relation)-[:OBJECT]->(o:Entity)
WHERE ($types IS NULL OR r.type IN $types)
  AND ($entityTypes IS NULL OR (s.type IN $entityTypes AND o.type IN $entityTypes))
  AND ($other IS NULL OR $other IN [s.curie, o.curie])
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
WITH r, s, o, firstYear, lastYear, bySource, byKind, size(weights) AS papers,
     1.0 - reduce(doubt = 1.0, weight IN weights | doubt * (1.0 - weight)) AS belief
WHERE bySource > 0
  AND byKind > 0
  AND ($standing IS NULL OR (papers > 0) = $standing)
  AND belief >= coalesce($minBelief, 0.0)
  AND ($minPapers IS NULL OR papers >= $minPapers)
  AND ($fromYear IS NULL OR lastYear >= $fromYear)
  AND ($toYear IS NULL OR firstYear <= $toYear)
WITH r, s, o, belief, papers, firstYear, lastYear, CASE $order
       WHEN 'papers' THEN toFloat(papers)
       WHEN 'newest' THEN toFloat(coalesce(lastYear, -10000))
       WHEN 'oldest' THEN -toFloat(coalesce(firstYear, 10000))
       WHEN 'id' THEN 0.0
       ELSE belief
     END AS place
WHERE $afterPlace IS NULL OR place < $afterPlace OR (place = $afterPlace AND r.id > $afterId)
RETURN r.id AS id, r.type AS type, belief, papers, firstYear, lastYear, s.curie AS subject, o.curie AS object, place
ORDER BY place DESC, id ASC
LIMIT $limit
