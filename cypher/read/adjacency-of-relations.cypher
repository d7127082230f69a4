// The relations of some ids with all of their evidence, for bringing the in-memory adjacency up to date; those without
// belief and those that are gone give no row.
// params: ids [string]
// returns: id, subject, subjectType, object, objectType, type, belief, firstYear,
//          rows [{pmid, probability, sourceKind, negated, retracted, year}]
// index: relation_id (unique)
UNWIND $ids AS id
MATCH (s:Entity)<-[:SUBJECT]-(r:Relation {id: id})-[:OBJECT]->(o:Entity)
WHERE r.belief > 0
RETURN id, s.curie AS subject, s.type AS subjectType, o.curie AS object, o.type AS objectType,
       r.type AS type, r.belief AS belief, r.firstYear AS firstYear,
       COLLECT {
         MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
         RETURN {pmid: p.pmid, probability: ev.probability, sourceKind: ev.sourceKind, negated: ev.negated,
                 retracted: coalesce(p.retracted, false), year: ev.year}
       } AS rows
