// Notices that papers are retracted, told by whoever runs the graph. They stand beside what documents say of
// themselves, so that a paper that is written later, or again, is retracted too.
CREATE CONSTRAINT retraction_pmid IF NOT EXISTS FOR (n:Retraction) REQUIRE n.pmid IS UNIQUE;
