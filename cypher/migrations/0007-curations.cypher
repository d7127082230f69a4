// What curators judged, and when: the audit trail, from which nothing is taken away.
CREATE CONSTRAINT curation_id IF NOT EXISTS FOR (c:Curation) REQUIRE c.id IS UNIQUE;
CREATE INDEX curation_claim IF NOT EXISTS FOR (c:Curation) ON (c.document, c.relation);
