/** The dictionary recogniser: what counts as a name, which of several wins, and what stays ambiguous. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildRecognizer, findMentions } from "../../../ingest/lexicon/recognizer.js";
import type { NamedEntity } from "../../../src/core/annotation.js";
import type { EntityType } from "../../../src/core/relation-types.js";

const entity = (
  curie: string,
  type: EntityType,
  name: string,
  ...synonyms: readonly string[]
): NamedEntity => ({ curie, type, name, synonyms });
const LEXICON = [
  entity("MESH:D005395", "Chemical", "fish oil", "fish oils", "omega-3 oil"),
  entity("MESH:D009821", "Chemical", "oil"),
  entity("MESH:D011928", "Disease", "Raynaud's disease", "Raynaud disease"),
  entity("MESH:D009362", "Disease", "metastasis"),
  entity("MESH:D004194", "Disease", "neuropathy"),
  entity("NCBIGene:7124", "Gene", "TNF", "tumor necrosis factor"),
  entity("NCBIGene:847", "Gene", "CAT", "catalase"),
  entity("NCBIGene:9001", "Gene", "ABC1", "p21"),
  entity("NCBIGene:9002", "Gene", "p21"),
  entity("MESH:D000255", "Chemical", "ATP"),
  entity("NCBIGene:9003", "Gene", "ATPX", "ATP"),
];
// Built once: properties ask it hundreds of times.
const recognizer = buildRecognizer(LEXICON);
const found = (text: string) => recognizer.find(text).map(({ text: words, ids }) => [words, ids[0]]);

describe("findMentions", () => {
  it.each([
    ["Fish oil eased Raynaud's disease.", ["Fish oil", "Raynaud's disease"]],
    ["We gave oil, then omega-3 oil.", ["oil", "omega-3 oil"]],
    ["TNF, TNFs and (TNF), but not TNFR, xTNF, TNF2, αTNF or 𝛼TNF", ["TNF", "TNFs", "TNF"]],
    ["The cat made catalase; CAT rose, tnf fell.", ["catalase", "CAT"]],
    ["METASTASES and neuropathies, Neuropathy", ["METASTASES", "neuropathies", "Neuropathy"]],
    ["Tumor necrosis factor in İstanbul: fish oil", ["Tumor necrosis factor", "fish oil"]],
    ["nothing of ours", []],
    ["", []],
  ])("in %j", (text, names) => {
    expect(found(text).map(([name]) => name)).toEqual(names);
  });

  it("keeps every entity of an ambiguous name, the one that prefers it first, other types apart", () => {
    const [p21] = findMentions("p21 fell", LEXICON);
    expect(p21).toMatchObject({ ids: ["NCBIGene:9002", "NCBIGene:9001"], otherIds: [], type: "Gene" });
    const [atp] = findMentions("ATP fell", LEXICON);
    expect(atp).toMatchObject({ ids: ["MESH:D000255"], otherIds: ["NCBIGene:9003"], type: "Chemical" });
  });

  it("rates ambiguous, short and loosely spelled names as riskier", () => {
    const risk = (text: string) => findMentions(text, LEXICON)[0]?.groundingRisk ?? Number.NaN;
    expect(risk("neuropathy")).toBe(0);
    expect(risk("Neuropathies")).toBeCloseTo(0.1);
    expect(risk("TNF")).toBeCloseTo(0.25);
    expect(risk("p21")).toBeCloseTo(1 - 0.5 * 0.75);
    expect(risk("catalase")).toBeCloseTo(0.05);
  });

  it("gives offsets that lead back to the words, whatever stands around them", () => {
    const piece = fc.oneof(
      fc.constantFrom(...LEXICON.flatMap(({ name, synonyms }) => [name, ...synonyms])),
      fc.constantFrom(" ", "-", "𝛼", "👩‍🔬", "İ", "é", "ß"),
      fc.string({ unit: "binary", maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const mentions = recognizer.find(text);
        expect(mentions.map(({ start, end }) => text.slice(start, end))).toEqual(
          mentions.map((mention) => mention.text),
        );
        expect(mentions.filter(({ start }, at) => start < (mentions[at - 1]?.end ?? 0))).toEqual([]);
      }),
    );
  });

  it("finds a name that stands alone between non-letters", () => {
    const apart = fc.constantFrom(" ", "(", ")", ", ", "/", "👩‍🔬 ", "… ");
    const names = fc.constantFrom("fish oil", "TNF", "metastases", "p21");
    fc.assert(
      fc.property(apart, names, apart, (before, name, after) => {
        expect(found(`${before}${name}${after}`).map(([words]) => words)).toEqual([name]);
      }),
    );
  });
});
