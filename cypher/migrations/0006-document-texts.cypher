// The text of documents with their mentions, for showing whole papers. A graph from before has none until its
// documents are written again.
CREATE CONSTRAINT document_text_id IF NOT EXISTS FOR (t:DocumentText) REQUIRE t.id IS UNIQUE;
