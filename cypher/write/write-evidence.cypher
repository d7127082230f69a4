// Rows of evidence with all their fields. `mentions` is JSON, as a property holds no maps.
// params: rows [{id, pmid, document, corpus, relation, sentence, start, end, mentions, probability, sourceKind,
//         source, negated, year, subject or null, subjectProbability or null, novel or null,
//         noveltyProbability or null}]
// returns: written
// index: evidence_id (unique), publication_pmid (unique), relation_id (unique)
UNWIND $rows AS row
MATCH (p:Publication {pmid: row.pmid})
MATCH (r:Relation {id: row.relation})
MERGE (v:Evidence {id: row.id})
SET v.document = row.document, v.corpus = row.corpus, v.sentence = row.sentence,
    v.start = toInteger(row.start), v.end = toInteger(row.end), v.mentions = row.mentions,
    v.probability = toFloat(row.probability), v.sourceKind = row.sourceKind, v.source = row.source,
    v.negated = row.negated, v.year = toInteger(row.year), v.subject = row.subject,
    v.subjectProbability = toFloat(row.subjectProbability), v.novel = row.novel,
    v.noveltyProbability = toFloat(row.noveltyProbability)
MERGE (v)-[:FROM]->(p)
MERGE (v)-[:SUPPORTS]->(r)
RETURN count(*) AS written
