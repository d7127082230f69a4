/** What changes between two answers to a saved question. */
import { expect, it } from "vitest";
import { type StandingAnswer, standingChange } from "../../src/core/standing-question.js";

const answer = (
  version: number,
  curies: readonly string[],
  direct: readonly string[] = [],
): StandingAnswer => ({
  version,
  askedAtMillis: 0,
  ranks: curies.map((curie, place) => ({ curie, rank: place + 1 })),
  direct: [...direct],
});

it("says nothing where places and direct relations are as they were", () => {
  expect(standingChange("q", answer(1, ["a", "b"], ["c"]), answer(2, ["a", "b"], ["c"]))).toBeUndefined();
});

it("says who moved, who came, who went, and what is related directly for the first time", () => {
  expect(standingChange("q", answer(1, ["a", "b", "c"]), answer(2, ["b", "d", "c"], ["a"]))).toEqual({
    question: "q",
    version: 2,
    moved: [
      { curie: "b", before: 2, rank: 1 },
      { curie: "d", before: null, rank: 2 },
      { curie: "a", before: 1, rank: null },
    ],
    firstDirect: ["a"],
  });
});
