// What the evidence makes of relations: belief, papers, years, sources; and the same on the direct relationship
// between the two entities, whose type is the relation's.
// params: rows [{id, belief, papers, firstYear, lastYear, sources}]
// returns: written
// index: relation_id (unique)
UNWIND $rows AS row
MATCH (s:Entity)<-[:SUBJECT]-(r:Relation {id: row.id})-[:OBJECT]->(o:Entity)
SET r.belief = toFloat(row.belief), r.papers = toInteger(row.papers), r.firstYear = toInteger(row.firstYear),
    r.lastYear = toInteger(row.lastYear), r.sources = row.sources
MERGE (s)-[d:$(toUpper(r.type))]->(o)
SET d.relationId = r.id, d.belief = r.belief, d.papers = r.papers, d.firstYear = r.firstYear
RETURN count(*) AS written
