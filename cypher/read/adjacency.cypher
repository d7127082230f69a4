// All believed relations with all of their evidence, for the in-memory adjacency; meant to be streamed.
// params: none
// returns: subject, subjectType, object, objectType, type, belief, firstYear,
//          rows [{pmid, probability, sourceKind, negated, retracted, year}]
// index: none (reads every relation)
MATCH (s:Entity)<-[:SUBJECT]-(r:Relation)-[:OBJECT]->(o:Entity)
WHERE r.belief > 0
RETURN s.curie AS subject, s.type AS subjectType, o.curie AS object, o.type AS objectType,
       r.type AS type, r.belief AS belief, r.firstYear AS firstYear,
       COLLECT {
         MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
         RETURN {pmid: p.pmid, probability: ev.probability, sourceKind: ev.sourceKind, negated: ev.negated,
                 retracted: coalesce(p.retracted, false), year: ev.year}
       } AS rows
