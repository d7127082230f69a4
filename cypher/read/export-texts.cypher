// A page of documents whose text is kept, in the order of their ids, with what is said of relations in them.
// params: after string (the last id seen), limit int, asOf int or null, corrected boolean (only those of which a curator
//         judged something)
// returns: key, document, corpus, pmid, title, journal, year, doi, retracted, passages (JSON), mentions (JSON),
//          rows [{relation, source, sourceKind, probability, negated, subject, subjectProbability, novel,
//          noveltyProbability}]
// index: document_text_id (unique)
MATCH (t:DocumentText)
WHERE t.id > $after
MATCH (t)-[:TEXT_OF]->(d:Document)-[:PART_OF]->(p:Publication)
WHERE ($asOf IS NULL OR p.year <= $asOf)
  AND (NOT $corrected
       OR EXISTS { MATCH (p)<-[:FROM]-(:Evidence {document: d.document, sourceKind: 'curator'}) })
WITH t, d, p
ORDER BY t.id
LIMIT $limit
RETURN t.id AS key, d.document AS document, d.corpus AS corpus, p.pmid AS pmid, d.title AS title,
       d.journal AS journal, d.year AS year, d.doi AS doi, d.retracted AS retracted, t.passages AS passages,
       t.mentions AS mentions,
       COLLECT {
         MATCH (p)<-[:FROM]-(v:Evidence)-[:SUPPORTS]->(r:Relation)
         WHERE v.document = d.document AND coalesce(v.corpus, '') = coalesce(d.corpus, '')
         RETURN {relation: r.id, source: v.source, sourceKind: v.sourceKind, probability: v.probability,
                 negated: v.negated, subject: v.subject, subjectProbability: v.subjectProbability,
                 novel: v.novel, noveltyProbability: v.noveltyProbability}
       } AS rows
ORDER BY key
