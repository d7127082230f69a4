/** Whatever is written is read back the same, in all three formats, for texts with astral characters and bars. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBioCJson } from "../../../ingest/formats/bioc/bioc-json.js";
import { toPubTator3Json } from "../../../ingest/formats/bioc/bioc-json-writer.js";
import { parseDocumentLine, toDocumentLine } from "../../../ingest/formats/jsonl/document-jsonl.js";
import { parsePubTator } from "../../../ingest/formats/pubtator/pubtator.js";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { toCurie } from "../../../src/core/curie.js";
import type { Document, GoldRelation, Mention } from "../../../src/core/document.js";
import { documentText } from "../../../src/core/document.js";
import { offsetMap } from "../../../src/core/offsets.js";
import type { EntityType } from "../../../src/core/relation-types.js";

// Astral letters, combining marks, bars, quotes and separators that a careless reader trips over.
const pieces = [
  "a",
  "β",
  "𝛽",
  "😀",
  "e\u0301",
  "|",
  "|t|",
  '"',
  "\\",
  "\u2028",
  "\u00a0",
  "\u2009",
  " ",
  ". ",
  "IL-6",
  "7",
];
const words = (minLength: number) =>
  fc.array(fc.constantFrom(...pieces), { minLength, maxLength: 30 }).map((parts) => parts.join(""));
const idsByType: Record<EntityType, string[]> = {
  Gene: ["7157", "3569", "672"],
  Disease: ["D003920", "OMIM:125853", "MESH:D009369"],
  Chemical: ["D001241", "C000606551", "CHEBI:15365"],
  Variant: [
    "rs1800497",
    "c|DEL|1314_1328|",
    "tmVar:p|SUB|P|9|R;HGVS:p.P9R;VariantGroup:4;CorrespondingGene:71",
  ],
  Species: ["9606", "10090"],
  CellLine: ["CVCL_0030"],
};
const types = Object.keys(idsByType) as EntityType[];

/** Any document that PubTator can hold: code points cut nowhere, ids of every type, some missing. */
const documents = fc
  .record({
    pmid: fc.integer({ min: 1, max: 99_999_999 }).map(String),
    title: words(3),
    abstract: fc.option(words(0), { nil: undefined }),
    marks: fc.array(fc.tuple(fc.constantFrom(...types), fc.nat(), fc.nat(), fc.nat(7)), { maxLength: 8 }),
    ends: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(true, false, undefined)), { maxLength: 4 }),
    year: fc.option(fc.integer({ min: 1900, max: 2030 }), { nil: undefined }),
    journal: fc.option(fc.constantFrom("Annals | of β", "J Tests"), { nil: undefined }),
    retracted: fc.constantFrom(true, undefined),
    directed: fc.boolean(),
  })
  .map(({ pmid, title, abstract, marks, ends, year, journal, retracted, directed }): Document => {
    const passages: Document["passages"] = [
      { kind: "title", offset: 0, text: title },
      ...(abstract === undefined
        ? []
        : [{ kind: "abstract" as const, offset: title.length + 1, text: abstract }]),
    ];
    const text = documentText({ passages });
    const mentions = marks.map(([type, from, length, pick]) => aMark(text, type, from, length, pick));
    const curies = mentions.flatMap((mention) => mention.ids);
    const relations =
      curies.length === 0 ? [] : ends.map(([a, b, novel]) => anEnd(curies, a, b, novel, directed));
    return {
      pmid,
      passages,
      mentions,
      relations,
      ...(year === undefined ? {} : { year }),
      ...(journal === undefined ? {} : { journal }),
      ...(retracted === undefined ? {} : { retracted }),
    };
  });

function aMark(text: string, type: EntityType, from: number, length: number, pick: number): Mention {
  const points = [...text].length;
  const map = offsetMap(text);
  const first = from % points;
  const start = map.toUtf16(first);
  const end = map.toUtf16(first + 1 + (length % Math.min(5, points - first)));
  const sourceIds = idsByType[type].filter((_, index) => (pick >> index) % 2 === 1);
  const ids = sourceIds.map((id) => toCurie(id, type) ?? "");
  return { type, ids, sourceIds, start, end, text: text.slice(start, end) };
}

/** PubTator has one direction for a pair, so it follows from the pair here. */
function anEnd(
  curies: readonly string[],
  a: number,
  b: number,
  novel: boolean | undefined,
  directed: boolean,
): GoldRelation {
  const [subject = "", object = ""] = [curies[a % curies.length], curies[b % curies.length]];
  return {
    ...{ subject, object, type: "Association" },
    ...(novel === undefined ? {} : { novel }),
    ...(directed ? { directedFrom: [subject, object].sort()[0] ?? subject } : {}),
  };
}

describe("a written document is read back the same", () => {
  it("as PubTator", () => {
    fc.assert(
      fc.property(fc.array(documents, { maxLength: 3 }), (many) => {
        expect(parsePubTator(many.map((document) => toPubTator(document)).join(""))).toEqual(many);
      }),
    );
  });

  it("as a JSON line", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const line = toDocumentLine(document);
        expect(line.indexOf("\n")).toBe(line.length - 1);
        expect(parseDocumentLine(line)).toEqual(document);
      }),
    );
  });

  it("as PubTator3's BioC JSON, but for retraction", () => {
    fc.assert(
      fc.property(fc.array(documents, { maxLength: 3 }), (many) => {
        const expected = many.map(({ retracted: _, ...document }) => ({
          ...document,
          mentions: document.mentions.toSorted((a, b) => passageOf(document, a) - passageOf(document, b)),
        }));
        expect(parseBioCJson(toPubTator3Json(many))).toEqual(expected);
      }),
    );
  });
});

/** BioC keeps mentions under their passages. */
function passageOf(document: Document, mention: Mention): number {
  return document.passages.findLastIndex((passage) => passage.offset <= mention.start);
}

describe("toPubTator", () => {
  const document: Document = {
    pmid: "5",
    passages: [{ kind: "title", offset: 0, text: "😀 aspirin and\tIL6" }],
    mentions: [
      { type: "Chemical", ids: ["MESH:D001241"], sourceIds: ["D001241"], start: 3, end: 10, text: "aspirin" },
      { type: "Gene", ids: [], sourceIds: [], start: 15, end: 18, text: "IL6" },
    ],
    relations: [{ subject: "MESH:D001241", object: "NCBIGene:3569", type: "Bind", novel: false }],
  };

  it("writes BioRED's dialect in code points", () => {
    expect(toPubTator(document)).toBe(
      "5|t|😀 aspirin and IL6\n5\t2\t9\taspirin\tChemicalEntity\tD001241\n" +
        "5\t14\t17\tIL6\tGeneOrGeneProduct\t-\n5\tBind\tD001241\tNCBIGene:3569\tNo\n\n",
    );
  });

  it("writes predicted relations with their scores in place of the document's own, and reads them", () => {
    const relations = [
      { subject: "MESH:D001241", object: "NCBIGene:3569", type: "Association", score: 0.87654 },
    ];
    const text = toPubTator(document, { relations });
    expect(text).toContain("5\tAssociation\tD001241\tNCBIGene:3569\t0.8765\n");
    expect(text).not.toContain("Bind");
    expect(parsePubTator(text)[0]?.relations).toEqual([
      { subject: "MESH:D001241", object: "NCBIGene:3569", type: "Association" },
    ]);
  });
});
