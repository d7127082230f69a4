// What each paper adds to the belief in each of many relations, the heaviest first: the probability of its best row
// times the reliability of that row's source. Belief is one minus the product of (1 - weight) over all of them.
// params: ids [string], asOf int or null, reliability map (by kind of source), afterWeight float or null,
//         afterPmid string or null, limit int
// returns: relation, pmid, weight, evidence (id of the best row)
// index: relation_id (unique)
UNWIND $ids AS relation
MATCH (r:Relation {id: relation})
CALL (r) {
  MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
  WHERE $asOf IS NULL OR ev.year <= $asOf
  WITH p, ev,
       CASE WHEN NOT ev.negated AND NOT coalesce(p.retracted, false)
            THEN ev.probability * $reliability[ev.sourceKind] END AS said
  ORDER BY said DESC, ev.id
  WITH p.pmid AS pmid, max(said) AS weight,
       sum(CASE WHEN ev.sourceKind <> 'curator' THEN 0 WHEN ev.negated THEN 1 ELSE -1 END) AS denials,
       [row IN collect({id: ev.id, said: said}) WHERE row.said IS NOT NULL | row.id][0] AS evidence
  WHERE weight IS NOT NULL AND denials <= 0
    AND ($afterWeight IS NULL OR weight < $afterWeight OR (weight = $afterWeight AND pmid > $afterPmid))
  RETURN pmid, weight, evidence
  ORDER BY weight DESC, pmid ASC
  LIMIT $limit
}
RETURN relation, pmid, weight, evidence
ORDER BY relation, weight DESC, pmid ASC
