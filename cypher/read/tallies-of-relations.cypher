// What relations keep of their evidence, so that a change of some of it needs no look at the rest: how many papers count with
// which weight and in which year, and how many rows each source has. Null in a relation that has none yet, and in one
// from before tallies were kept, which has a belief.
// params: ids [string]
// returns: id, belief, weights, weightPapers, years, yearPapers, sources, sourceRows
// index: relation_id (unique)
UNWIND $ids AS id
MATCH (r:Relation {id: id})
RETURN id, r.belief AS belief, r.weights AS weights, r.weightPapers AS weightPapers, r.years AS years,
       r.yearPapers AS yearPapers, r.sources AS sources, r.sourceRows AS sourceRows
