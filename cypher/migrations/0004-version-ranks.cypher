// How late the last version of a paper is that update files brought, its deletion too: an older file read after it changes nothing.
CREATE CONSTRAINT version_rank_pmid IF NOT EXISTS FOR (n:VersionRank) REQUIRE n.pmid IS UNIQUE;
