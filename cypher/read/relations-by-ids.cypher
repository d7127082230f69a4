// Relations by id. Unknown ones give no row.
// params: ids [string]
// returns: id, type, belief, papers, firstYear, lastYear, subject, object
// index: relation_id (unique)
UNWIND $ids AS id
MATCH (s:Entity)<-[:SUBJECT]-(r:Relation {id: id})-[:OBJECT]->(o:Entity)
RETURN r.id AS id, r.type AS type, r.belief AS belief, r.papers AS papers, r.firstYear AS firstYear,
       r.lastYear AS lastYear, s.curie AS subject, o.curie AS object
