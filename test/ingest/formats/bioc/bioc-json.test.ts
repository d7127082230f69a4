/** BioC JSON as PubTator3 and BioRED write it, and the cutting of its stream into documents. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBioCJson } from "../../../../ingest/formats/bioc/bioc-json.js";
import { toPubTator3Json } from "../../../../ingest/formats/bioc/bioc-json-writer.js";
import { JsonObjectScanner } from "../../../../ingest/formats/reading/json-objects.js";
import type { Document } from "../../../../src/core/document.js";
import { aDocument } from "../../../support/builders.js";

/** An answer with one document, written by hand as the service writes it. */
function parseOne(parts: Record<string, unknown>): Document {
  const [document] = parseBioCJson(JSON.stringify({ PubTator3: [parts] }));
  if (document === undefined) throw new Error("no document");
  return document;
}

const mark = (identifier: unknown, type: string, text: string, offset: number) => ({
  infons: { identifier, type, valid: true },
  text,
  locations: [{ offset, length: [...text].length }],
});

describe("parseBioCJson", () => {
  it("reads PubTator3's document: metadata, full text, offsets in code points, roles", () => {
    const document = parseOne({
      _id: "77|PMC9",
      id: "PMC9",
      pmid: 77,
      journal: "J Tests",
      date: "2018-03-01T00:00:00Z",
      passages: [
        {
          infons: { type: "front", section_type: "TITLE" },
          offset: 0,
          text: "😀 BRAF",
          annotations: [mark("673", "Gene", "BRAF", 2)],
        },
        {
          infons: { type: "abstract", section_type: "ABSTRACT" },
          offset: 7,
          text: "😀 V600E in melanoma",
          annotations: [
            mark("rs113488022", "Variant", "V600E", 9),
            mark("MESH:D008545;D009369", "Disease", "melanoma", 18),
          ],
        },
        {
          infons: { type: "paragraph", section_type: "METHODS" },
          offset: 30,
          text: "HeLa.",
          annotations: [mark("CVCL:0030", "CellLine", "HeLa", 30)],
        },
      ],
      relations: [
        {
          id: "R1",
          infons: {
            score: "0.99",
            type: "Association",
            role1: { identifier: "rs113488022", type: "Variant" },
            role2: { identifier: "MESH:D008545" },
          },
        },
        { id: "R2", infons: { type: "Association", role1: "Gene|673", role2: "Chemical|MESH:D000001" } },
      ],
    });
    expect(document).toMatchObject({ pmid: "77", journal: "J Tests", year: 2018 });
    expect(document.passages.map(({ kind, offset }) => [kind, offset])).toEqual([
      ["title", 0],
      ["abstract", 8],
      ["body", 32],
    ]);
    expect(document.mentions.map(({ text, start, ids }) => [text, start, ids])).toEqual([
      ["BRAF", 3, ["NCBIGene:673"]],
      ["V600E", 11, ["dbSNP:rs113488022"]],
      ["melanoma", 20, ["MESH:D008545", "MESH:D009369"]],
      ["HeLa", 32, ["CVCL_0030"]],
    ]);
    expect(document.relations).toEqual([
      { subject: "dbSNP:rs113488022", object: "MESH:D008545", type: "Association" },
      { subject: "NCBIGene:673", object: "MESH:D000001", type: "Association" },
    ]);
  });

  it("reads BioRED's document: passages without infons, entity1 and entity2, novelty", () => {
    const document = parseOne({
      id: "5",
      passages: [
        { offset: 0, text: "NIS", annotations: [mark("6528", "GeneOrGeneProduct", "NIS", 0)] },
        { offset: 4, text: "del", annotations: [mark("c|DEL|1314_1328|", "SequenceVariant", "del", 4)] },
      ],
      relations: [{ infons: { entity1: "c|DEL|1314_1328|", entity2: "6528", type: "Bind", novel: "No" } }],
    });
    expect(document.passages.map((passage) => passage.kind)).toEqual(["title", "abstract"]);
    expect(document.relations).toEqual([
      { subject: "tmVar:c|DEL|1314_1328|", object: "NCBIGene:6528", type: "Bind", novel: false },
    ]);
  });

  it("takes null identifiers, mentions in pieces, and leaves chromosomes out", () => {
    const pieces = {
      infons: { identifier: "-", type: "Disease" },
      text: "ocular toxicity",
      locations: [
        { offset: 0, length: 6 },
        { offset: 20, length: 8 },
      ],
    };
    const document = parseOne({
      pmid: "6",
      passages: [
        {
          offset: 0,
          text: "Ocular and auditory toxicity 9p",
          annotations: [pieces, mark(null, "Gene", "and", 7), mark("9", "Chromosome", "9p", 29)],
        },
      ],
    });
    expect(document.mentions.map(({ text, ids }) => [text, ids])).toEqual([
      ["Ocular and auditory toxicity", []],
      ["and", []],
    ]);
  });

  it.each([
    [
      "a text that differs",
      { pmid: "7", passages: [{ offset: 0, text: "abc", annotations: [mark("1", "Gene", "abd", 0)] }] },
      /"abc", the mention says "abd"/,
    ],
    [
      "overlapping passages",
      {
        pmid: "7",
        passages: [
          { offset: 0, text: "abc" },
          { offset: 2, text: "d" },
        ],
      },
      /passage 2 overlaps/,
    ],
    ["no passages", { pmid: "7", passages: [] }, /without passages/],
  ])("refuses %s", (_, parts, reason) => {
    expect(() => parseOne(parts)).toThrow(reason);
  });

  it("gives nothing for an empty list", () => {
    expect(parseBioCJson('{"PubTator3":[]}')).toEqual([]);
  });
});

describe("JsonObjectScanner", () => {
  const text = toPubTator3Json([
    aDocument({ title: 'A "quoted" {brace} \\ [x', abstract: "}]" }),
    aDocument({ pmid: "2" }),
  ]);
  const whole = [...new JsonObjectScanner(["PubTator3"]).push(text)];

  it("finds the same objects however the text is cut", () => {
    expect(whole).toHaveLength(2);
    const cuts = fc.array(fc.nat(text.length), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, (places) => {
        const scanner = new JsonObjectScanner(["PubTator3"]);
        const borders = [0, ...places.toSorted((a, b) => a - b), text.length];
        const found = borders.slice(1).flatMap((to, index) => scanner.push(text.slice(borders[index], to)));
        expect([...found, ...scanner.end()]).toEqual(whole);
      }),
    );
  });

  it("reports a cut at any place, and gives only whole objects before it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length - 1 }), (to) => {
        const scanner = new JsonObjectScanner(["PubTator3"]);
        const found = [...scanner.push(text.slice(0, to)), ...scanner.end()];
        expect(found.at(-1)?.fault).toMatch(/cut/);
        expect(found.slice(0, -1)).toEqual(whole.slice(0, found.length - 1));
      }),
    );
  });

  it("stops at what cannot begin a document", () => {
    const found = new JsonObjectScanner(["documents"]).push('{"documents":[{"a":1}, nonsense, {"b":2}]}');
    expect(found.map((one) => one.fault ?? one.text)).toEqual([
      '{"a":1}',
      expect.stringContaining("nonsense"),
    ]);
  });
});
