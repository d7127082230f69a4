import { rmSync } from "node:fs";
import { dirname } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentCandidates } from "../../../src/core/candidate.js";
import { type Document, documentText } from "../../../src/core/document.js";
import { cleanInput, cleanSequences } from "../../../src/model/inputs/clean-input.js";
import { ALL_PAIRS } from "../../../src/model/inputs/pair-sequence.js";
import { loadTokenizer, type WordPieceTokenizer } from "../../../src/model/text/tokenizer.js";
import { aDocument } from "../../support/builders.js";
import { writeTinyOfficial } from "../../support/tiny/tiny-official.js";

let dir: string;
let tokenizer: WordPieceTokenizer;
beforeAll(async () => {
  dir = await writeTinyOfficial();
  tokenizer = await loadTokenizer(dir);
});
afterAll(() => rmSync(dirname(dir), { recursive: true }));

/** Ids that stand for prompts and tags, beyond the vocabulary, named in the order they are asked for. */
const names: string[] = [];
function specialId(name: string): number {
  if (!names.includes(name)) names.push(name);
  return 1000 + names.indexOf(name);
}

/** A pair's sequence with specials by name and stretches of plain tokens as their text's ids. */
function readable(ids: Int32Array): string {
  const known = new Map(
    ["what", "is", "the", "in", "between", "and", "?", ".", "of", "a", "b", "c", "x"].map((word) => [
      tokenizer.tokenize(word).ids[0],
      word,
    ]),
  );
  return [...ids]
    .map((id) => {
      if (id >= 1000) return `<${names[id - 1000]}>`;
      if (id === tokenizer.cls) return "[CLS]";
      if (id === tokenizer.sep) return "[SEP]";
      return known.get(id) ?? "_";
    })
    .join(" ")
    .replace(/(?<= )_(?: _)*/g, "…");
}

function aPair(title: string, subject: string, object: string): Document {
  return aDocument({
    title,
    abstract: null,
    mentions: [
      { type: "Chemical", ids: ["C1"], text: subject },
      { type: "Gene", ids: ["7"], text: object },
    ],
  });
}

const SUBJECT = "marker:BioRED:Chemical:subject";
const OBJECT = "marker:BioRED:Gene:object";

describe("our input of the pair network", () => {
  it("asks with the prompt and both names, and tags their mentions", () => {
    const [sequence] = cleanInput(
      tokenizer,
      specialId,
      512,
    )(aPair("a of b in c", "a", "b"), ALL_PAIRS).inputs;
    expect(readable(sequence?.ids ?? new Int32Array())).toBe(
      `[CLS] what is the … in <prompt:BioRED> between <${SUBJECT}> a </${SUBJECT}> and <${OBJECT}> b </${OBJECT}> ? ` +
        `[SEP] <${SUBJECT}> a </${SUBJECT}> of <${OBJECT}> b </${OBJECT}> in c [SEP]`,
    );
  });

  it("tags names that stand in one another, both whole", () => {
    const [sequence] = cleanInput(tokenizer, specialId, 512)(aPair("x a b c", "a b", "b"), ALL_PAIRS).inputs;
    expect(readable(sequence?.ids ?? new Int32Array())).toContain(
      `[SEP] x <${SUBJECT}> a <${OBJECT}> b </${SUBJECT}> </${OBJECT}> c [SEP]`,
    );
  });

  it("reads a long text where the pair stands, however far back", () => {
    const far = aPair(`${"of ".repeat(2000)}a in b ${"of ".repeat(2000)}`, "a", "b");
    const [sequence] = cleanInput(tokenizer, specialId, 128)(far, ALL_PAIRS).inputs;
    expect(sequence?.ids.length).toBeLessThanOrEqual(128);
    expect(sequence?.lost).toBe(0);
    expect(readable(sequence?.ids ?? new Int32Array())).toContain(
      `of <${SUBJECT}> a </${SUBJECT}> in <${OBJECT}> b </${OBJECT}> of`,
    );
  });

  it("joins both places where they stand far apart", () => {
    const apart = aPair(`a ${"of ".repeat(2000)}b`, "a", "b");
    const [sequence] = cleanInput(tokenizer, specialId, 128)(apart, ALL_PAIRS).inputs;
    const text = readable(sequence?.ids ?? new Int32Array());
    expect(text).toContain(`[SEP] <${SUBJECT}> a </${SUBJECT}> of`);
    expect(text.endsWith(`of <${OBJECT}> b </${OBJECT}> [SEP]`)).toBe(true);
    expect(sequence?.lost).toBe(0);
  });

  it("never exceeds its length, and always shows both names, wherever and however often they stand", () => {
    const word = fc.constantFrom("of", "in", "of of in", "a", "b", "a", "b");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 400 }), (words) => {
        const text = [...words, "a", "in", "b"].join(" ");
        const mentionsOf = (name: string) =>
          [...text.matchAll(new RegExp(`\\b${name}\\b`, "g"))].map(({ index }) => index);
        const mention = (type: "Chemical" | "Gene", name: string) => (start: number) => ({
          ...{ type, ids: [`${type}:1`], sourceIds: ["1"], text: name },
          ...{ start, end: start + 1 },
        });
        const mentions = [
          ...mentionsOf("a").map(mention("Chemical", "a")),
          ...mentionsOf("b").map(mention("Gene", "b")),
        ];
        const document = { ...aDocument({ title: text, abstract: null }), mentions };
        const [sequence] = cleanInput(tokenizer, specialId, 96)(document, ALL_PAIRS).inputs;
        expect(sequence?.ids.length).toBeLessThanOrEqual(96);
        expect(sequence?.lost).toBe(0);
        const [, body = ""] = readable(sequence?.ids ?? new Int32Array()).split(" ? [SEP] ");
        expect(body).toContain(`<${SUBJECT}> a </${SUBJECT}>`);
        expect(body).toContain(`<${OBJECT}> b </${OBJECT}>`);
      }),
      { numRuns: 60 },
    );
  });

  it("has a corpus's own tags and prompt where its task says so", () => {
    const task = { prompt: "DrugProt", ownMarkers: true };
    const document = aPair("a of b", "a", "b");
    const text = tokenizer.tokenize(documentText(document));
    const [sequence] = cleanSequences(tokenizer, specialId, 512, task)(text, documentCandidates(document));
    expect(readable(sequence?.ids ?? new Int32Array())).toContain(
      "<prompt:DrugProt> between <marker:DrugProt:Chemical:subject>",
    );
  });
});
