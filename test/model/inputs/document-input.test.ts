import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentCandidates } from "../../../src/core/candidate.js";
import { type DocumentView, markerPositions, viewMaker } from "../../../src/model/inputs/document-input.js";
import { modelLabels } from "../../../src/model/inputs/labels.js";
import { FEATURES } from "../../../src/model/inputs/pair-features.js";
import { loadTokenizer, type WordPieceTokenizer } from "../../../src/model/text/tokenizer.js";
import { aDocument } from "../../support/builders.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";

let dir: string;
let tokenizer: WordPieceTokenizer;
let library: Tokenizer;
beforeAll(async () => {
  dir = await writeTinyCheckpoint(await mkdtemp(join(tmpdir(), "bioweft-input-")));
  tokenizer = await loadTokenizer(dir);
  const json = async (name: string) => JSON.parse(await readFile(join(dir, name), "utf8")) as object;
  library = new Tokenizer(await json("tokenizer.json"), await json("tokenizer_config.json"));
});
afterAll(() => rm(dir, { recursive: true }));

describe("the tokenizer", () => {
  it("cuts as the library does on the whole text, whatever the text", () => {
    // Ideographs beyond the BMP stand alone in BERT's own tokenizer, but not in this library.
    const beyond = /[\u{20000}-\u{3FFFF}]/gu;
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.string()),
        (any) => {
          const text = any.replace(beyond, "");
          const whole = library.encode(text, { add_special_tokens: false }).ids;
          expect([...tokenizer.tokenize(text).ids]).toEqual(whole);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("says where each token came from", () => {
    const text = "IL-6 (α|β) 𝛽x";
    const { starts, ends } = tokenizer.tokenize(text);
    const words = [...starts].map((start, index) => text.slice(start, ends[index]));
    expect([...new Set(words)]).toEqual(["IL", "-", "6", "(", "α", "|", "β", ")", "𝛽x"]);
  });
});

const labels = modelLabels([]);
const views = (
  document: ReturnType<typeof aDocument>,
  maxPositions: number,
  maxRows = 100,
  mentionPairs = 1,
): DocumentView[] =>
  viewMaker(
    tokenizer,
    labels,
    { prompt: "BioRED", ownMarkers: false },
    { maxPositions, maxRows, mentionPairs },
  )(document, documentCandidates(document));

/** The words that a row of a view stands for, read back through the vocabulary. */
const letter = (view: DocumentView, row: number) => library.id_to_token(view.tokens[row - 1] ?? -1);

describe("views", () => {
  it("put markers at the closest mentions, and entities on all of theirs", () => {
    const document = aDocument({
      title: "q a b",
      abstract: "a c",
      mentions: [
        { text: "a", type: "Chemical", ids: ["D000001"] },
        { text: "b", type: "Disease", ids: ["D000002"] },
        { text: "a", type: "Chemical", ids: ["D000001"], occurrence: 1 },
        { text: "c", type: "Gene", ids: ["3"] },
      ],
    });
    const [view, ...more] = views(document, 60);
    expect(more).toEqual([]);
    if (view === undefined) throw new Error("one view");
    expect(view.readings.map(({ candidate: { subject, object } }) => [subject.curie, object.curie])).toEqual([
      ["MESH:D000001", "MESH:D000002"],
      ["MESH:D000001", "NCBIGene:3"],
      ["MESH:D000002", "NCBIGene:3"],
    ]);
    // Rows: prompt, [CLS], q, a, b, a, c, [SEP]; a row is its token's position.
    expect([...view.markerPositions].map((row) => letter(view, row))).toEqual(["a", "a", "b", "b", "c", "c"]);
    expect(view.markerPositions[0]).toBe(3); // beside b
    expect(view.markerPositions[1]).toBe(5); // beside c
    expect([...view.positions.slice(0, 4)]).toEqual([1, 0, 2, 3]);
    expect(view.entities).toBe(3);
    expect([...view.membership].reduce((sum, one) => sum + one, 0)).toBe(4);
    expect(view.features).toHaveLength(3 * FEATURES);
  });

  it("read every pair of a text too long for one pass, within the limit and next to its own words", () => {
    const filler = "x ".repeat(150);
    const document = aDocument({
      title: "a b",
      abstract: `${filler} c ${filler} d`,
      mentions: [
        { text: "a", type: "Chemical", ids: ["D000001"] },
        { text: "b", type: "Disease", ids: ["D000002"] },
        { text: "c", type: "Gene", ids: ["3"] },
        { text: "d", type: "Gene", ids: ["4"] },
      ],
    });
    const found = views(document, 64);
    const pairs = found.flatMap((view) =>
      view.readings.map((_, index) => {
        const rows = [view.markerPositions[index], view.markerPositions[index + view.readings.length]];
        return rows.map((row) => letter(view, row ?? -1)).join("");
      }),
    );
    expect(pairs.sort()).toEqual(["ab", "ac", "ad", "bc", "bd", "cd"]);
    for (const view of found) expect(view.positions.length).toBeLessThanOrEqual(64);
  });

  it("split many pairs over several passes of the same text", () => {
    const document = aDocument();
    const together = views(document, 128);
    const apart = views(document, 128, 2);
    expect(apart.flatMap((view) => view.readings)).toHaveLength(documentCandidates(document).length);
    expect(apart.length).toBeGreaterThan(together.length);
    for (const view of apart) expect(view.tokens).toEqual(together[0]?.tokens);
  });

  it("read a pair at its closest mentions, then at the next closest, as often as there are some", () => {
    const document = aDocument({
      title: "a x b y y y a",
      abstract: "z z a b x c",
      mentions: [
        ...[0, 1, 2].map((occurrence) => ({
          ...{ text: "a", type: "Chemical" as const, ids: ["D000001"] },
          occurrence,
        })),
        { text: "b", type: "Disease", ids: ["D000002"] },
        { text: "b", type: "Disease", ids: ["D000002"], occurrence: 1 },
        { text: "c", type: "Gene", ids: ["3"] },
      ],
    });
    const [view] = views(document, 60, 100, 2);
    if (view === undefined) throw new Error("one view");
    const places = view.readings.map(({ candidate, subject, object }, row) => [
      `${candidate.subject.curie} ${candidate.object.curie}`,
      ...[subject.start, object.start],
      ...[view.markerPositions[row], view.markerPositions[row + view.readings.length]],
    ]);
    // Rows: prompt, [CLS], then a word each.
    expect(places).toEqual([
      ["MESH:D000001 MESH:D000002", 18, 20, 11, 12],
      ["MESH:D000001 MESH:D000002", 0, 4, 2, 4],
      ["MESH:D000001 NCBIGene:3", 18, 24, 11, 14],
      ["MESH:D000001 NCBIGene:3", 12, 24, 8, 14],
      ["MESH:D000002 NCBIGene:3", 20, 24, 12, 14],
      ["MESH:D000002 NCBIGene:3", 4, 24, 4, 14],
    ]);
    const [closest] = views(document, 60);
    expect(closest?.readings).toEqual(view.readings.filter((_, row) => row % 2 === 0));
  });

  it("are refused where a marker would stand outside of them", () => {
    const [view] = views(aDocument(), 128);
    const [reading] = view?.readings ?? [];
    if (reading === undefined) throw new Error("a reading");
    const last = Math.max(reading.subjectToken, reading.objectToken);
    expect([...markerPositions([{ from: 0, to: last + 1 }], [reading])]).toEqual([
      reading.subjectToken + 2,
      reading.objectToken + 2,
    ]);
    expect(() => markerPositions([{ from: 0, to: last }], [reading])).toThrow(
      expect.objectContaining({
        code: "INTERNAL",
        message: expect.stringContaining("outside of its window"),
      }),
    );
  });

  it("are so many as are allowed, of the pairs whose mentions stand nearest", () => {
    const filler = "x ".repeat(150);
    const document = aDocument({
      title: "a b",
      abstract: `${filler} c ${filler} d`,
      mentions: [
        { text: "a", type: "Chemical", ids: ["D000001"] },
        { text: "b", type: "Disease", ids: ["D000002"] },
        { text: "c", type: "Gene", ids: ["3"] },
        { text: "d", type: "Gene", ids: ["4"] },
      ],
    });
    const limits = { maxPositions: 64, maxRows: 100, mentionPairs: 1, mostWindows: 2 };
    const found = viewMaker(
      tokenizer,
      labels,
      { prompt: "BioRED", ownMarkers: false },
      limits,
    )(document, documentCandidates(document));
    expect(found.length).toBeLessThanOrEqual(2);
    const pairs = found.flatMap(({ readings }) =>
      readings.map(({ candidate: { subject, object } }) => `${subject.curie} ${object.curie}`),
    );
    // c stands nearer to the title than to d, and d is too far from all of them.
    expect(pairs.toSorted()).toEqual([
      "MESH:D000001 MESH:D000002",
      "MESH:D000001 NCBIGene:3",
      "MESH:D000002 NCBIGene:3",
    ]);
  });

  it("are none for a document without candidates", () => {
    expect(views(aDocument({ title: "a", abstract: null }), 64)).toEqual([]);
  });
});
