// Entities with their names and the votes behind them. An entity carries the label of its type alone.
// params: rows [{curie, type, typeVotes, name, synonyms, synonymVotes, synonymPapers}]
// returns: written
// index: entity_curie (unique)
UNWIND $rows AS row
MERGE (e:Entity {curie: row.curie})
SET e.type = row.type, e.name = row.name, e.synonyms = row.synonyms,
    e.typeVotes = [vote IN row.typeVotes | toInteger(vote)],
    e.synonymVotes = [vote IN row.synonymVotes | toInteger(vote)],
    e.synonymPapers = [papers IN row.synonymPapers | toInteger(papers)]
REMOVE e:Gene:Disease:Chemical:Variant:Species:CellLine
SET e:$(row.type)
RETURN count(*) AS written
