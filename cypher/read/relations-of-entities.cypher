// One page of relations for each of many entities, in an order.
// subtle: the other end is looked at only where something is asked of it, which most never do.
// params: curies [string],
//         types [string] or null, entityTypes [string] or null (of the other end), other string or null (the other end),
//         standing boolean or null, minBelief float or null, minPapers int or null, fromYear int or null,
//         toYear int or null, sources [string] or null, sourceKinds [string] or null,
//         order string (belief, papers, newest, oldest, id), afterPlace float or null, afterId string or null, limit int
// returns: entity, id, type, belief, papers, firstYear, lastYear, subject, object, place
// index: entity_curie (unique)
UNWIND $curies AS curie
MATCH (e:Entity {curie: curie})
CALL (e) {
  MATCH (e)<-[:SUBJECT|OBJECT]-(r:Relation)
  WHERE r.belief >= coalesce($minBelief, 0.0)
    AND ($standing IS NULL OR (r.papers > 0) = $standing)
    AND ($types IS NULL OR r.type IN $types)
    AND ($minPapers IS NULL OR r.papers >= $minPapers)
    AND ($fromYear IS NULL OR r.lastYear >= $fromYear)
    AND ($toYear IS NULL OR r.firstYear <= $toYear)
    AND (($entityTypes IS NULL AND $other IS NULL) OR EXISTS {
      MATCH (r)-[:SUBJECT|OBJECT]->(other:Entity)
      WHERE other <> e AND ($entityTypes IS NULL OR other.type IN $entityTypes) AND ($other IS NULL OR other.curie = $other)
    })
    AND ($sources IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.source IN $sources })
    AND ($sourceKinds IS NULL OR EXISTS { (r)<-[:SUPPORTS]-(ev:Evidence) WHERE ev.sourceKind IN $sourceKinds })
  WITH r, CASE $order
         WHEN 'belief' THEN r.belief
         WHEN 'papers' THEN toFloat(r.papers)
         WHEN 'newest' THEN toFloat(coalesce(r.lastYear, -10000))
         WHEN 'oldest' THEN -toFloat(coalesce(r.firstYear, 10000))
         ELSE 0.0
       END AS place
  WHERE $afterPlace IS NULL OR place < $afterPlace OR (place = $afterPlace AND r.id > $afterId)
  RETURN r, place
  ORDER BY place DESC, r.id ASC
  LIMIT $limit
}
MATCH (s:Entity)<-[:SUBJECT]-(r)-[:OBJECT]->(o:Entity)
RETURN curie AS entity, r.id AS id, r.type AS type, r.belief AS belief, r.papers AS papers, r.firstYear AS firstYear,
       r.lastYear AS lastYear, s.curie AS subject, o.curie AS object, place
ORDER BY entity, place DESC, id ASC
