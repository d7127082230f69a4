/**
 * Finding the graph's names in free text, and taking a client's mentions.
 */
import { describe, expect, it } from "vitest";
import { findMentions, textDocument, withGivenMentions } from "../../src/api/text-annotation.js";
import type { EntityType } from "../../src/core/relation-types.js";

const entity = (curie: string, type: EntityType, name: string, synonyms: string[] = []) => ({
  curie,
  type,
  name,
  synonyms,
  degree: 0,
});
const known = [
  entity("MESH:D005395", "Chemical", "fish oil", ["fish oils", "omega-3 oil"]),
  entity("MESH:D009821", "Chemical", "oil"),
  entity("MESH:D011928", "Disease", "Raynaud's disease", ["Raynaud disease"]),
  entity("NCBIGene:7124", "Gene", "TNF"),
];
const found = (text: string) => findMentions(text, known).map((mention) => [mention.text, mention.ids[0]]);

describe("findMentions", () => {
  it.each([
    [
      "Fish oil eased Raynaud's disease.",
      [
        ["Fish oil", "MESH:D005395"],
        ["Raynaud's disease", "MESH:D011928"],
      ],
    ],
    [
      "We gave oil, then omega-3 oil.",
      [
        ["oil", "MESH:D009821"],
        ["omega-3 oil", "MESH:D005395"],
      ],
    ],
    [
      "TNFs and tnf, but not TNFR or xTNF",
      [
        ["TNFs", "NCBIGene:7124"],
        ["tnf", "NCBIGene:7124"],
      ],
    ],
    ["nothing of ours", []],
    ["", []],
  ])("in %j", (text, mentions) => {
    expect(found(text)).toEqual(mentions);
  });

  it("gives offsets that lead back to the words", () => {
    const text = "α-Tocopherol 𝛼 and fish oil";
    for (const mention of findMentions(text, known)) {
      expect(text.slice(mention.start, mention.end)).toBe(mention.text);
    }
  });
});

describe("withGivenMentions", () => {
  const document = textDocument("Fish oil", "It helps.");

  it("takes mentions in any spelling of their ids", () => {
    const [mention] = withGivenMentions(document, [
      { start: 0, end: 8, ids: ["mesh:d005395"], type: "Chemical" },
    ]).mentions;
    expect(mention).toMatchObject({ text: "Fish oil", ids: ["MESH:D005395"] });
  });

  it.each([
    { start: 5, end: 5 },
    { start: -1, end: 3 },
    { start: 3, end: 19 },
  ])("refuses a mention outside the text: %j", (span) => {
    expect(() => withGivenMentions(document, [{ ...span, ids: ["MESH:D1"], type: "Chemical" }])).toThrow(
      /mention 1/,
    );
  });
});
