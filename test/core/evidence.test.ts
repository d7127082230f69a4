/** Evidence rows: one for a publication, pair, type and source, with the sentence that shows the pair. */
import { describe, expect, it } from "vitest";
import { belief } from "../../src/core/belief.js";
import { documentText } from "../../src/core/document.js";
import { goldEvidence } from "../../src/core/evidence.js";
import { documentSentences } from "../../src/core/sentences.js";
import { aDocument } from "../support/builders.js";

describe("goldEvidence", () => {
  const document = aDocument({ corpus: "biored", year: 1990 });

  it("gives the shortest sentence that names both, with offsets that lead to it", () => {
    const [first, second] = goldEvidence(document);
    expect(first).toMatchObject({ sourceKind: "corpus", source: "biored", probability: 1, year: 1990 });
    expect(first?.sentence).toBe("Aspirin lowers IL6 in patients with gout");
    expect(documentText(document).slice(second?.start, second?.end)).toBe(second?.sentence);
    for (const { start, end, text } of first?.mentions ?? [])
      expect(documentText(document).slice(start, end)).toBe(text);
  });

  it("gives the same identifier whichever way round, once, and nothing for foreign labels or self-pairs", () => {
    const [one = { subject: "", object: "", type: "" }] = document.relations;
    const relations = [
      one,
      { ...one, subject: one.object, object: one.subject },
      { ...one, type: "CID" },
      { ...one, object: one.subject },
    ];
    expect(goldEvidence({ ...document, relations })).toHaveLength(1);
  });
});

describe("documentSentences", () => {
  it("does not cut after abbreviations, nor join passages", () => {
    const document = aDocument({ title: "One", abstract: "See Fig. 2 vs. Fig. 3 of S. aureus. It grew." });
    const text = documentText(document);
    expect(documentSentences(document).map(({ start, end }) => text.slice(start, end))).toEqual([
      "One",
      "See Fig. 2 vs. Fig. 3 of S. aureus.",
      "It grew.",
    ]);
  });
});

describe("belief", () => {
  const row = { pmid: "1", probability: 0.5, sourceKind: "model", retracted: false, negated: false } as const;

  it("counts papers, not repeats, and grows with papers", () => {
    expect(belief([row])).toBeCloseTo(0.45);
    expect(belief([row, { ...row, probability: 0.2 }])).toBeCloseTo(0.45);
    expect(belief([row, { ...row, pmid: "2" }])).toBeCloseTo(1 - 0.55 ** 2);
  });

  it("counts nothing for retracted papers and negated rows", () => {
    expect(
      belief([
        { ...row, retracted: true },
        { ...row, negated: true },
      ]),
    ).toBe(0);
    expect(belief([])).toBe(0);
  });
});
