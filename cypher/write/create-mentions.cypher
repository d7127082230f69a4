// Which publication names which entity, where it is not said yet, as write-mentions has it.
// params: rows [{pmid, curie, type, names, counts, count}]
// returns: written
// index: publication_pmid (unique), entity_curie (unique)
UNWIND $rows AS row
MATCH (p:Publication {pmid: row.pmid})
MATCH (e:Entity {curie: row.curie})
CREATE (p)-[:MENTIONS {
  type: row.type, names: nullIf(row.names, []), counts: nullIf([count IN row.counts | toInteger(count)], []),
  count: toInteger(row.count)
}]->(e)
RETURN count(*) AS written
