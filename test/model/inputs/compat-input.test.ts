import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BIORED_FORM, type CompatForm } from "../../../src/core/biorex/compat-form.js";
import { compatTexts, joinPieces } from "../../../src/core/biorex/compat-text.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { type Document, documentText, type Mention } from "../../../src/core/document.js";
import { compatInput } from "../../../src/model/inputs/compat-input.js";
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

const FIXTURE = join(PACKAGE_ROOT, "test/fixtures/compat-tokens.json");
const MASKED: CompatForm = { ...BIORED_FORM, tag: "AIMED", text: "masked" };
const TOKENISED: CompatForm = { ...BIORED_FORM, tag: "Drugprot", text: "tokenised", body: "sentence" };

/** The ids of a text as the original tool makes them: all of it tokenised at once. */
function whole(text: string, maxTokens = 512): number[] {
  const ids = [...tokenizer.tokenize(text).ids];
  return [tokenizer.cls, ...ids.slice(0, maxTokens - 2), tokenizer.sep];
}

/** The texts of a document's pairs, each in one string. */
function texts(document: Document, form: CompatForm): string[] {
  return compatTexts(document, form).map(({ pieces }) => joinPieces(documentText(document), pieces));
}

const words = fc.constantFrom(
  "aspirin",
  "IL-6",
  "x",
  "naïve",
  "(p53)",
  "β2",
  "of",
  "[SEP]",
  "𝛼b",
  "e\u0301.",
  "@$",
);
const spaces = fc.constantFrom(" ", "  ", "", "\u2009", "-");
/** Texts with mentions anywhere: within words, in one another, across one another. */
const documents: fc.Arbitrary<Document> = fc
  .array(fc.tuple(words, spaces), { minLength: 3, maxLength: 12 })
  .map((parts) => parts.flat().join(""))
  .chain((text) =>
    fc
      .array(
        fc.record({
          type: fc.constantFrom("Gene" as const, "Chemical" as const, "Disease" as const, "Variant" as const),
          id: fc.constantFrom("1", "2", "3"),
          start: fc.nat({ max: text.length - 1 }),
          length: fc.integer({ min: 1, max: 9 }),
        }),
        { minLength: 2, maxLength: 7 },
      )
      .map((found) =>
        found.map(({ type, id, start, length }): Mention => {
          const end = Math.min(text.length, start + length);
          const curie = `${type}:${id}`;
          return { type, ids: [curie], sourceIds: [id], start, end, text: text.slice(start, end) };
        }),
      )
      .map((mentions) => ({ ...aDocument({ title: text, abstract: null, corpus: "one" }), mentions })),
  );

describe("the original tool's input", () => {
  it.each([
    ["raw", BIORED_FORM],
    ["masked", MASKED],
    ["tokenised", TOKENISED],
  ])("spliced has the ids of the whole text, wherever mentions lie (%s)", (_, form) => {
    fc.assert(
      fc.property(documents, (document) => {
        const spliced = compatInput(tokenizer, new Map([["one", form]]), 512)(document, ALL_PAIRS).inputs;
        expect(spliced.map(({ ids }) => [...ids])).toEqual(texts(document, form).map((text) => whole(text)));
      }),
      { numRuns: 60 },
    );
  });

  it("has the ids that transformers' BertTokenizer gives with the tags as additional special tokens", () => {
    // Made with transformers 4.46.3 on the folder of writeTinyOfficial; the texts are our own.
    const cases: { text: string; ids: number[] }[] = JSON.parse(readFileSync(FIXTURE, "utf8"));
    expect(cases.length).toBe(5);
    for (const { text, ids } of cases) expect(whole(text), text).toEqual(ids);
    const [first, second, third] = compatInput(tokenizer, new Map(), 512)(aDocument(), ALL_PAIRS).inputs;
    const own = [first, second, third].map((sequence) => [...(sequence?.ids ?? [])]);
    expect(own).toEqual(cases.slice(0, 3).map(({ ids }) => ids));
  });

  it("asks about BioRED's pairs with its tags, and closes the body's with the tool's slip", () => {
    const [text] = texts(
      aDocument({
        title: "Aspirin lowers IL6",
        abstract: "in rats.",
        mentions: [
          { type: "Chemical", ids: ["D001241"], text: "Aspirin" },
          { type: "Gene", ids: ["3569"], text: "IL6" },
        ],
      }),
      BIORED_FORM,
    );
    expect(text).toBe(
      "What is [Litcoin] between @ChemicalEntitySrc$ Aspirin @/ChemicalEntitySrc$ and " +
        "@GeneOrGeneProductTgt$ IL6 @/GeneOrGeneProductTgt$ ? [SEP] @ChemicalEntitySrc$ Aspirin " +
        "@ChemicalEntitySrc/$ lowers @GeneOrGeneProductTgt$ IL6 @GeneOrGeneProductTgt/$ in rats.",
    );
  });

  it("has a tag as one token where the vocabulary has it, and the prompt in letters", () => {
    const input = compatInput(tokenizer, new Map(), 512);
    const [sequence] = input(aDocument(), ALL_PAIRS).inputs;
    const open = tokenizer.tokenId("@ChemicalEntitySrc$");
    const close = tokenizer.tokenId("@/ChemicalEntitySrc$");
    const ids = [...(sequence?.ids ?? [])];
    expect(ids.filter((id) => id === open).length).toBeGreaterThan(1);
    expect(ids.filter((id) => id === close)).toHaveLength(1);
    expect(ids[3]).toBe(tokenizer.tokenId("["));
  });

  it("is cut on the right, and says how much it lost", () => {
    const document = aDocument();
    const full = compatInput(tokenizer, new Map(), 512)(document, ALL_PAIRS).inputs;
    const cut = compatInput(tokenizer, new Map(), 60)(document, ALL_PAIRS).inputs;
    expect(cut.map(({ ids }) => [...ids])).toEqual(
      full.map(({ ids }) => [...ids.slice(0, 59), tokenizer.sep]),
    );
    expect(cut.map(({ lost }) => lost)).toEqual(full.map(({ ids }) => ids.length - 60));
    expect(full.every(({ lost }) => lost === 0)).toBe(true);
  });

  it("uses the form of the document's corpus, and leaves out what the filter does not want", () => {
    const document = { ...aDocument(), corpus: "aimed" };
    const input = compatInput(tokenizer, new Map([["aimed", MASKED]]), 512);
    const [first] = input(document, ALL_PAIRS).inputs;
    expect([...(first?.ids ?? [])].filter((id) => id === tokenizer.tokenId("@/ChemicalEntitySrc$"))).toEqual(
      [],
    );
    expect(input(document, ({ pairType }) => pairType === "C-C").inputs).toEqual([]);
  });
});
