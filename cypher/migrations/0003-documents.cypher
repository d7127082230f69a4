// What the last version of each document said, so that the next can take its place. A graph from before knows only
// what all documents of a paper had said together: that becomes one document in no corpus, marked as merged, until
// the first of them is written again. Every statement may run again after a kill.
CREATE CONSTRAINT document_id IF NOT EXISTS FOR (d:Document) REQUIRE d.id IS UNIQUE;
CREATE INDEX document_name IF NOT EXISTS FOR (d:Document) ON (d.document);
CALL db.awaitIndexes(300);
MATCH (p:Publication)
WHERE NOT EXISTS { (p)<-[:PART_OF]-(:Document) }
CALL (p) {
  OPTIONAL MATCH (p)-[m:MENTIONS]->(e:Entity)
  WITH p, m, e ORDER BY e.curie
  WITH p, collect(e.curie) AS curies, collect(m.type) AS types, collect(size(m.names)) AS spellings,
       collect(m.names) AS names, collect(m.counts) AS counts,
       COLLECT {
         MATCH (p)-[:MENTIONS]->(v:Entity)-[:OF]->(g:Entity)
         RETURN [v.curie, g.curie] AS link ORDER BY link
       } AS links
  MERGE (d:Document {id: p.pmid + '|'})
  SET d.document = p.pmid, d.title = p.title, d.journal = p.journal, d.year = p.year, d.doi = p.doi,
      d.retracted = coalesce(p.retracted, false), d.curies = curies, d.types = types, d.spellings = spellings,
      d.names = reduce(all = [], list IN names | all + list),
      d.counts = reduce(all = [], list IN counts | all + list),
      d.variants = [link IN links | link[0]], d.genes = [link IN links | link[1]],
      d.models = [], d.digests = [], d.merged = true
  MERGE (d)-[:PART_OF]->(p)
} IN TRANSACTIONS OF 1000 ROWS;
MATCH (x:Extraction)
CALL (x) {
  OPTIONAL MATCH (d:Document {id: x.pmid + '|'})
  SET d.models = d.models + x.model, d.digests = d.digests + ''
  DELETE x
} IN TRANSACTIONS OF 1000 ROWS;
DROP CONSTRAINT extraction_id IF EXISTS;
MATCH (v:Evidence)-[:FROM]->(p:Publication)
WHERE v.document IS NULL
CALL (v, p) { SET v.document = p.pmid } IN TRANSACTIONS OF 10000 ROWS;
MATCH (v:Entity)-[o:OF]->(:Entity)
WHERE o.documents IS NULL
CALL (v, o) { SET o.documents = COUNT { (v)<-[:MENTIONS]-(:Publication) } } IN TRANSACTIONS OF 10000 ROWS;
MATCH (e:Entity)
WHERE e.synonymPapers IS NULL
CALL (e) {
  SET e.synonymPapers = [
    name IN coalesce(e.synonyms, []) | COUNT { MATCH (e)<-[m:MENTIONS]-(:Publication) WHERE name IN m.names }
  ]
} IN TRANSACTIONS OF 1000 ROWS;
