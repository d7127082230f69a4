/**
 * The sample literature keeps its promises: what samples/README.md says is there can be read, is consistent
 * with itself, covers BioRED's vocabulary, and holds the two discoveries with their halves apart.
 */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { readPubTator } from "../../ingest/formats/pubtator/pubtator.js";
import { type Document, documentText, documentTitle } from "../../src/core/document.js";
import {
  isAllowed,
  isRelationType,
  PAIR_TYPES,
  type PairType,
  pairEntityType,
  pairType,
  RELATION_TYPES,
} from "../../src/core/relation-types.js";

const FOLDER = fileURLToPath(new URL("../../samples/", import.meta.url));
const documents: Document[] = [];

beforeAll(async () => {
  for (const name of readdirSync(FOLDER).sort()) {
    if (!name.endsWith(".pubtator")) continue;
    for await (const document of readPubTator(FOLDER + name)) documents.push(document);
  }
});

const idsOf = (document: Document) => new Set(document.mentions.flatMap((mention) => mention.ids));

function pairTypeOf(document: Document, subject: string, object: string): PairType | undefined {
  const typeOf = (id: string) => document.mentions.find((mention) => mention.ids.includes(id))?.type;
  const [a, b] = [typeOf(subject), typeOf(object)].map((type) => type && pairEntityType(type));
  return a && b && pairType(a, b);
}

describe("sample literature", () => {
  it("holds at least 64 invented papers, each with its own PMID, a year and a journal", () => {
    expect(documents.length).toBeGreaterThanOrEqual(64);
    expect(new Set(documents.map((document) => document.pmid)).size).toBe(documents.length);
    for (const document of documents) {
      expect(document.pmid, document.pmid).toMatch(/^90000\d{3}$/);
      expect(document.year, document.pmid).toBeGreaterThan(1970);
      expect(document.journal, document.pmid).toBeTruthy();
      expect(documentTitle(document), document.pmid).not.toBe("");
    }
  });

  it("has abstracts of 80 to 250 words", () => {
    for (const document of documents) {
      const abstract = document.passages.find((passage) => passage.kind === "abstract")?.text ?? "";
      const words = abstract.split(/\s+/).length;
      expect(words, document.pmid).toBeGreaterThanOrEqual(80);
      expect(words, document.pmid).toBeLessThanOrEqual(250);
    }
  });

  it("has mentions that are exactly the text they point at, with identifiers", () => {
    for (const document of documents) {
      const text = documentText(document);
      for (const mention of document.mentions) {
        expect(text.slice(mention.start, mention.end), document.pmid).toBe(mention.text);
        expect(mention.ids.length, `${document.pmid} ${mention.text}`).toBeGreaterThan(0);
      }
    }
  });

  it("relates only entities the paper mentions, once a pair, in combinations that BioRED allows", () => {
    for (const document of documents) {
      const pairs = new Set<string>();
      for (const { subject, object, type } of document.relations) {
        const where = `${document.pmid} ${subject} ${type} ${object}`;
        const pair = pairTypeOf(document, subject, object);
        expect(pair && isRelationType(type) && isAllowed(pair, type), where).toBe(true);
        pairs.add([subject, object].sort().join(" "));
      }
      expect(pairs.size, document.pmid).toBe(document.relations.length);
    }
  });

  it("covers the five pair types and the eight relation types at least five times each", () => {
    const counts = new Map<string, number>();
    for (const document of documents) {
      for (const { subject, object, type } of document.relations) {
        const keys = [type, pairTypeOf(document, subject, object) ?? "none"];
        for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    for (const kind of [...PAIR_TYPES, ...RELATION_TYPES]) {
      expect(counts.get(kind), kind).toBeGreaterThanOrEqual(5);
    }
  });

  it("has the awkward cases: no relation, retracted, several identifiers, a variant, bars and rare characters", () => {
    expect(documents.filter((document) => document.relations.length === 0).length).toBeGreaterThanOrEqual(4);
    expect(documents.filter((document) => document.retracted === true)).toHaveLength(1);
    const mentions = documents.flatMap((document) => document.mentions);
    expect(mentions.some((mention) => mention.ids.length > 1)).toBe(true);
    expect(mentions.some((mention) => mention.type === "Variant" && mention.ids[0]?.includes("|"))).toBe(
      true,
    );
    const awkward = documents.filter((document) => {
      const text = documentText(document);
      return ["|", "µ", "α", "é", "\u{1D6FD}"].every((character) => text.includes(character));
    });
    expect(awkward).toHaveLength(1);
    const after = awkward[0]?.mentions.filter((mention) => mention.start > 500) ?? [];
    expect(after.length, "mentions behind the non-BMP character").toBeGreaterThan(3);
  });
});

describe.each([
  {
    discovery: "fish oil and Raynaud's disease",
    year: 1985,
    from: { ids: ["MESH:D005395", "MESH:D015118"], words: /fish|eicosapentaenoic|\bEPA\b/i },
    to: { ids: ["MESH:D011928"], words: /raynaud/i },
  },
  {
    discovery: "magnesium and migraine",
    year: 1987,
    from: { ids: ["MESH:D008274", "MESH:D008278"], words: /magnesium/i },
    to: { ids: ["MESH:D008881"], words: /migraine/i },
  },
])("the literatures of $discovery", ({ year, from, to }) => {
  const about = (side: typeof from) =>
    documents.filter((document) => side.ids.some((id) => idsOf(document).has(id)));
  const neighbours = (side: typeof from) =>
    new Set(
      about(side)
        .flatMap((document) => document.relations)
        .filter(({ subject, object }) => side.ids.includes(subject) || side.ids.includes(object))
        .flatMap(({ subject, object }) => [subject, object]),
    );

  it("have six papers a side, all from before the discovery was published", () => {
    for (const side of [from, to]) {
      expect(about(side).length).toBeGreaterThanOrEqual(6);
      for (const document of about(side)) {
        expect(document.year, document.pmid).toBeLessThanOrEqual(year);
      }
    }
  });

  it("never name both sides in one paper, neither in annotations nor in words", () => {
    expect(about(from).filter((document) => about(to).includes(document))).toEqual([]);
    const both = documents.filter((document) => {
      const text = documentText(document);
      return from.words.test(text) && to.words.test(text);
    });
    expect(both.map((document) => document.pmid)).toEqual([]);
  });

  it("meet in at least five chemicals or genes", () => {
    const shared = [...neighbours(from)].filter((id) => neighbours(to).has(id));
    expect(shared.length).toBeGreaterThanOrEqual(5);
  });
});
