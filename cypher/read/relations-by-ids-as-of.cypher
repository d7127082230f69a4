// Relations by id with the evidence known by the end of a year, from which their belief as of then is computed.
// params: ids [string], asOf int
// returns: id, type, subject, object, rows [{pmid, probability, sourceKind, negated, retracted, year}]
// index: relation_id (unique)
UNWIND $ids AS id
MATCH (s:Entity)<-[:SUBJECT]-(r:Relation {id: id})-[:OBJECT]->(o:Entity)
RETURN r.id AS id, r.type AS type, s.curie AS subject, o.curie AS object,
       COLLECT {
         MATCH (r)<-[:SUPPORTS]-(ev:Evidence)-[:FROM]->(p:Publication)
         WHERE ev.year <= $asOf
         RETURN {pmid: p.pmid, probability: ev.probability, sourceKind: ev.sourceKind, negated: ev.negated,
                 retracted: coalesce(p.retracted, false), year: ev.year}
       } AS rows
