/** What counts as a found name: words, type and identifier, and the document's entities. */
import { describe, expect, it } from "vitest";
import type { Mention } from "../../src/core/document.js";
import { countNames } from "../../src/evaluation/name-scores.js";
import { aDocument } from "../support/builders.js";

const mention = (start: number, type: Mention["type"], ...ids: string[]): Mention => ({
  ...{ start, end: start + 3, text: "abc", type },
  ...{ ids, sourceIds: ids },
});

describe("countNames", () => {
  const gold = {
    ...aDocument({ pmid: "1" }),
    mentions: [
      mention(0, "Gene", "NCBIGene:1"),
      mention(10, "Gene", "NCBIGene:1", "NCBIGene:2"),
      mention(20, "Disease", "MESH:D1"),
    ],
  };
  const found = [
    mention(0, "Gene", "NCBIGene:9"),
    mention(10, "Gene", "NCBIGene:2"),
    mention(20, "Gene", "NCBIGene:1"),
    mention(30, "Disease", "MESH:D1"),
  ];

  it("asks for words and type, then for the identifier, then for the document's entities", () => {
    expect(countNames(gold, found, "Gene")).toEqual({
      span: { truePositives: 2, predicted: 3, gold: 2 },
      mention: { truePositives: 1, predicted: 3, gold: 2 },
      document: { truePositives: 2, predicted: 3, gold: 2 },
    });
    expect(countNames(gold, found, "Disease")).toEqual({
      span: { truePositives: 0, predicted: 1, gold: 1 },
      mention: { truePositives: 0, predicted: 1, gold: 1 },
      document: { truePositives: 1, predicted: 1, gold: 1 },
    });
  });
});
