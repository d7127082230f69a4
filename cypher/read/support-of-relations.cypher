// The evidence behind relations, as far as belief is concerned; no rows for a relation that has lost its last.
// params: ids [string]
// returns: id, rows [{pmid, probability, sourceKind, source, negated, retracted, year}]
// index: relation_id (unique)
UNWIND $ids AS id
MATCH (r:Relation {id: id})
RETURN id, COLLECT {
  MATCH (r)<-[:SUPPORTS]-(v:Evidence)-[:FROM]->(p:Publication)
  RETURN {pmid: p.pmid, probability: v.probability, sourceKind: v.sourceKind, source: v.source,
          negated: v.negated, retracted: coalesce(p.retracted, false), year: v.year}
} AS rows
