// A row of evidence exactly as it is stored, for what a curator says of it.
// params: id string
// returns: id, pmid, document, corpus, relation, type, subjectEnd, objectEnd, sentence, start, end, mentions, year, subject,
//          subjectProbability
// index: evidence_id (unique)
MATCH (p:Publication)<-[:FROM]-(v:Evidence {id: $id})-[:SUPPORTS]->(r:Relation)
MATCH (s:Entity)<-[:SUBJECT]-(r)-[:OBJECT]->(o:Entity)
RETURN v.id AS id, p.pmid AS pmid, v.document AS document, v.corpus AS corpus, r.id AS relation, r.type AS type,
       s.curie AS subjectEnd, o.curie AS objectEnd, v.sentence AS sentence, v.start AS start, v.end AS end,
       v.mentions AS mentions, v.year AS year, v.subject AS subject, v.subjectProbability AS subjectProbability
