// What the evidence makes of relations: belief, papers, years, sources, and the tallies behind them, of which empty lists
// are not kept; and the same on the direct relationship between the two entities, whose type is the relation's.
// subtle: the direct relationship is looked for by all its possible types, not merged by the relation's own: a type
// that is known only while the statement runs makes Neo4j walk through every mention of an entity.
// params: rows [{id, belief, papers, firstYear, lastYear, sources, weights, weightPapers, years, yearPapers, sourceRows}]
// returns: written
// index: relation_id (unique)
UNWIND $rows AS row
MATCH (s:Entity)<-[:SUBJECT]-(r:Relation {id: row.id})-[:OBJECT]->(o:Entity)
SET r.belief = toFloat(row.belief), r.papers = toInteger(row.papers), r.firstYear = toInteger(row.firstYear),
    r.lastYear = toInteger(row.lastYear), r.sources = row.sources,
    r.weights = nullIf([weight IN row.weights | toFloat(weight)], []),
    r.weightPapers = nullIf([papers IN row.weightPapers | toInteger(papers)], []),
    r.years = nullIf([year IN row.years | toInteger(year)], []),
    r.yearPapers = nullIf([papers IN row.yearPapers | toInteger(papers)], []),
    r.sourceRows = [rows IN row.sourceRows | toInteger(rows)]
WITH s, r, o
OPTIONAL MATCH (s)-[known:ASSOCIATION|BIND|COMPARISON|CONVERSION|COTREATMENT|DRUG_INTERACTION|NEGATIVE_CORRELATION
                         |POSITIVE_CORRELATION]->(o)
WHERE known.relationId = r.id
CALL (s, r, o, known) {
  WITH * WHERE known IS NULL
  CREATE (s)-[d:$(toUpper(r.type))]->(o)
  RETURN d
  UNION
  WITH * WHERE known IS NOT NULL
  RETURN known AS d
}
SET d.relationId = r.id, d.belief = r.belief, d.papers = r.papers, d.firstYear = r.firstYear
RETURN count(*) AS written
