/** A full text: every passage is kept as what it is, captions and tables too, and what they mention is the paper's. */
import { expect, it } from "vitest";
import { parseBioCJson } from "../../../../ingest/formats/bioc/bioc-json.js";
import { toPubTator3Json } from "../../../../ingest/formats/bioc/bioc-json-writer.js";
import { passageKind } from "../../../../ingest/formats/bioc/bioc-publication.js";
import { parseDocumentLine, toDocumentLine } from "../../../../ingest/formats/jsonl/document-jsonl.js";
import { documentEntities } from "../../../../src/core/candidate.js";
import { documentText } from "../../../../src/core/document.js";
import { documentSentences } from "../../../../src/core/sentences.js";
import { casePath, readCase } from "../../../support/cases.js";

const [document] = (await readCase(casePath("26-01-fulltext.json"))).documents;
if (document === undefined) throw new Error("the case holds no document");

it("keeps captions and tables as passages of their own, in their order", () => {
  expect(document.passages.map(({ kind }) => kind)).toEqual([
    ...["title", "abstract", "body", "body", "caption", "table", "body", "body"],
  ]);
  const gene = documentEntities(document).find(({ curie }) => curie === "NCBIGene:7124");
  const text = documentText(document);
  const places = gene?.mentions.map(
    ({ start }) => document.passages.findLast(({ offset }) => offset <= start)?.kind,
  );
  expect(new Set(places)).toEqual(new Set(["title", "abstract", "body", "caption", "table"]));
  // A row of a table is a sentence of its own.
  const sentences = documentSentences(document).map(({ start, end }) => text.slice(start, end));
  expect(sentences).toContain("TNFX\t0.01");
});

it("is written and read back with them", () => {
  expect(parseBioCJson(toPubTator3Json([document]))[0]?.passages).toEqual(document.passages);
  expect(parseDocumentLine(toDocumentLine(document), { file: "x", line: 1 }).passages).toEqual(
    document.passages,
  );
});

it.each([
  ["fig_title_caption", "FIG", "caption"],
  ["fig_caption", "", "caption"],
  ["table_caption", "TABLE", "caption"],
  ["table_footnote", "TABLE", "caption"],
  ["table", "TABLE", "table"],
  ["paragraph", "RESULTS", "body"],
  ["footnote", "CONCL", "body"],
  ["title_2", "METHODS", "body"],
])("type %s of section %s is %s", (type, section, kind) => {
  const passage = {
    infons: { type, section_type: section },
    offset: 9,
    sentences: [],
    annotations: [],
    relations: [],
  };
  expect(passageKind({ ...passage, text: "x" }, 3)).toBe(kind);
});
