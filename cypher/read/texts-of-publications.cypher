// The texts of the documents that publications were annotated in, with where their mentions stand.
// params: pmids [string]
// returns: pmid, document, corpus, passages (JSON), mentions (JSON)
// index: publication_pmid (unique)
UNWIND $pmids AS pmid
MATCH (:Publication {pmid: pmid})<-[:PART_OF]-(d:Document)<-[:TEXT_OF]-(t:DocumentText)
RETURN pmid, d.document AS document, d.corpus AS corpus, t.passages AS passages, t.mentions AS mentions
ORDER BY pmid, document, corpus
