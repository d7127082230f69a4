// All relations with the evidence of until the end of a year; meant to be streamed.
// params: asOf int
// returns: subject, subjectType, object, objectType, type,
//          rows [{pmid, probability, sourceKind, negated, retracted, year}]
// index: none (reads every relation)
MATCH (s:Entity)<-[:SUBJECT]-(r:Relation)-[:OBJECT]->(o:Entity)
RETURN s.curie AS subject, s.type AS subjectType, o.curie AS object, o.type AS objectType, r.type AS type,
       COLLECT {
         MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
         WHERE ev.year <= $asOf
         RETURN {pmid: p.pmid, probability: ev.probability, sourceKind: ev.sourceKind, negated: ev.negated,
                 retracted: coalesce(p.retracted, false), year: ev.year}
       } AS rows
