// Rows of evidence that are not there yet, with all their fields, as write-evidence has them: half the work of looking for each.
// params: rows [{id, pmid, document, corpus, relation, sentence, start, end, mentions, probability, sourceKind,
//         source, negated, year, subject or null, subjectProbability or null, novel or null,
//         noveltyProbability or null}]
// returns: written
// index: publication_pmid (unique), relation_id (unique)
UNWIND $rows AS row
MATCH (p:Publication {pmid: row.pmid})
MATCH (r:Relation {id: row.relation})
CREATE (p)<-[:FROM]-(:Evidence {
  id: row.id, document: row.document, corpus: row.corpus, sentence: row.sentence, start: toInteger(row.start),
  end: toInteger(row.end), mentions: row.mentions, probability: toFloat(row.probability), sourceKind: row.sourceKind,
  source: row.source, negated: row.negated, year: toInteger(row.year), subject: row.subject,
  subjectProbability: toFloat(row.subjectProbability), novel: row.novel,
  noveltyProbability: toFloat(row.noveltyProbability)
})-[:SUPPORTS]->(r)
RETURN count(*) AS written
