// All evidence of publications exactly as written; what a write is compared with.
// params: pmids [string]
// returns: id, pmid, document, corpus, relation, sentence, start, end, mentions, probability, sourceKind, source,
//          negated, year, subject, subjectProbability, novel, noveltyProbability
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (p:Publication {pmid: pmid})<-[:FROM]-(v:Evidence)-[:SUPPORTS]->(r:Relation)
RETURN v.id AS id, pmid, v.document AS document, v.corpus AS corpus, r.id AS relation, v.sentence AS sentence,
       v.start AS start, v.end AS end, v.mentions AS mentions, v.probability AS probability,
       v.sourceKind AS sourceKind, v.source AS source, v.negated AS negated, v.year AS year,
       v.subject AS subject, v.subjectProbability AS subjectProbability, v.novel AS novel,
       v.noveltyProbability AS noveltyProbability
