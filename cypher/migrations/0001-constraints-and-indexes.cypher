// What must be unique, and what reading looks things up by. Every statement may run again after a kill.
CREATE CONSTRAINT migration_id IF NOT EXISTS FOR (m:Migration) REQUIRE m.id IS UNIQUE;
CREATE CONSTRAINT entity_curie IF NOT EXISTS FOR (e:Entity) REQUIRE e.curie IS UNIQUE;
CREATE CONSTRAINT publication_pmid IF NOT EXISTS FOR (p:Publication) REQUIRE p.pmid IS UNIQUE;
CREATE CONSTRAINT evidence_id IF NOT EXISTS FOR (v:Evidence) REQUIRE v.id IS UNIQUE;
CREATE CONSTRAINT relation_id IF NOT EXISTS FOR (r:Relation) REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT extraction_id IF NOT EXISTS FOR (x:Extraction) REQUIRE x.id IS UNIQUE;
CREATE CONSTRAINT extraction_job_id IF NOT EXISTS FOR (j:ExtractionJob) REQUIRE j.id IS UNIQUE;
CREATE CONSTRAINT graph_version_id IF NOT EXISTS FOR (g:GraphVersion) REQUIRE g.id IS UNIQUE;
CREATE INDEX relation_belief IF NOT EXISTS FOR (r:Relation) ON (r.belief);
CREATE INDEX relation_type IF NOT EXISTS FOR (r:Relation) ON (r.type);
CREATE INDEX evidence_year IF NOT EXISTS FOR (v:Evidence) ON (v.year);
CREATE INDEX evidence_source IF NOT EXISTS FOR (v:Evidence) ON (v.source);
CREATE INDEX publication_year IF NOT EXISTS FOR (p:Publication) ON (p.year);
CREATE INDEX extraction_job_stage IF NOT EXISTS FOR (j:ExtractionJob) ON (j.stage);
