/** The drug combination task's exact and partial scores, worked out by hand. */
import { describe, expect, it } from "vitest";
import { type NaryScore, scoreNaryRelations } from "../../src/evaluation/nary-scores.js";

const relation = (type: string, ...ids: string[]) => ({ type, ids });
const figures = ({ precision, recall, f1 }: NaryScore) => [precision, recall, f1];

describe("scoreNaryRelations", () => {
  it("partial credit is the Jaccard index of the best relation that shares two; exact wants equal sets", () => {
    const answer = {
      gold: [relation("POS", "a", "b", "c"), relation("POS", "d", "e")],
      predicted: [relation("POS", "b", "a"), relation("POS", "c", "b", "a", "d"), relation("POS", "e", "f")],
    };
    const { positive, any } = scoreNaryRelations([answer], "POS");
    // Predicted: 2/3, 3/4, 0. Gold: the better of the two, 3/4, and 0, as one shared drug is none.
    const [precision, recall] = [(2 / 3 + 3 / 4) / 3, 3 / 4 / 2];
    expect(figures(positive.partial)).toEqual([
      precision,
      recall,
      (2 * precision * recall) / (precision + recall),
    ]);
    expect(figures(positive.exact)).toEqual([0, 0, 0]);
    expect(any).toEqual(positive);
    expect(positive.partial).toMatchObject({ predicted: 3, gold: 2 });
  });

  it("positive wants the label on both sides; any does not look at it, nor at the order or repetition", () => {
    const answer = {
      gold: [relation("POS", "a", "b"), relation("COMB", "c", "d")],
      predicted: [relation("COMB", "b", "a"), relation("NEG", "b", "a"), relation("POS", "d", "c", "d")],
    };
    const { positive, any } = scoreNaryRelations([answer], "POS");
    expect(figures(positive.exact)).toEqual([0, 0, 0]);
    expect(figures(any.exact)).toEqual([1, 1, 1]);
  });

  it("relations of one document never answer those of another; nothing at all scores nothing", () => {
    const there = { gold: [relation("POS", "a", "b")], predicted: [] };
    const here = { gold: [], predicted: [relation("POS", "a", "b")] };
    expect(figures(scoreNaryRelations([there, here], "POS").any.partial)).toEqual([0, 0, 0]);
    expect(figures(scoreNaryRelations([], "POS").any.exact)).toEqual([0, 0, 0]);
  });
});
