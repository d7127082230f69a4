// Entities with their names and the votes behind them. An entity carries the label of its type alone. An empty list is not
// kept, as Neo4j's importer keeps none.
// params: rows [{curie, type, typeVotes, name, synonyms, synonymVotes, synonymPapers}]
// returns: written
// index: entity_curie (unique)
UNWIND $rows AS row
MERGE (e:Entity {curie: row.curie})
SET e.type = row.type, e.name = row.name, e.synonyms = nullIf(row.synonyms, []),
    e.typeVotes = [vote IN row.typeVotes | toInteger(vote)],
    e.synonymVotes = nullIf([vote IN row.synonymVotes | toInteger(vote)], []),
    e.synonymPapers = nullIf([papers IN row.synonymPapers | toInteger(papers)], [])
REMOVE e:Gene:Disease:Chemical:Variant:Species:CellLine
SET e:$(row.type)
RETURN count(*) AS written
