// Evidence by id. Unknown ones give no row.
// params: ids [string]
// returns: relation, id, pmid, document, sentence, start, end, mentions, probability, sourceKind, source, negated,
//          year, subject, subjectProbability, novel, noveltyProbability (null where nobody says), retracted
// index: evidence_id (unique)
UNWIND $ids AS id
MATCH (p:Publication)<-[:FROM]-(ev:Evidence {id: id})-[:SUPPORTS]->(r:Relation)
RETURN r.id AS relation, ev.id AS id, p.pmid AS pmid, ev.document AS document, ev.sentence AS sentence,
       ev.start AS start, ev.end AS end, ev.mentions AS mentions, ev.probability AS probability,
       ev.sourceKind AS sourceKind, ev.source AS source, ev.negated AS negated, ev.year AS year,
       ev.subject AS subject, ev.subjectProbability AS subjectProbability, ev.novel AS novel,
       ev.noveltyProbability AS noveltyProbability, coalesce(p.retracted, false) AS retracted
