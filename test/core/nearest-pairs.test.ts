/** Which pairs of a document with very many are asked about. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { candidateEnds, documentCandidates, eachCandidate } from "../../src/core/candidate.js";
import type { Mention } from "../../src/core/document.js";
import { MOST_PAIRS, nearestPairs, smallestGap } from "../../src/core/nearest-pairs.js";
import { mentionGap } from "../../src/core/sentences.js";
import { aDocument } from "../support/builders.js";
import { paperOfEntities } from "../support/long-papers.js";

const spans = fc.array(
  fc.record({ start: fc.integer({ min: 0, max: 200 }), length: fc.integer({ min: 1, max: 20 }) }),
  { minLength: 1, maxLength: 12 },
);
const toMentions = (drawn: readonly { start: number; length: number }[]): Mention[] =>
  drawn
    .map(({ start, length }) => ({
      ...{ start, end: start + length, text: "x".repeat(length) },
      ...{ type: "Gene" as const, ids: ["1"], sourceIds: ["1"] },
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end);

it("the smallest gap of two entities is that of all their mentions", () => {
  fc.assert(
    fc.property(spans.map(toMentions), spans.map(toMentions), (ones, others) => {
      const all = ones.flatMap((one) => others.map((other) => mentionGap(one, other)));
      expect(smallestGap(ones, others)).toBe(Math.min(...all));
    }),
    { numRuns: 2000 },
  );
});

it("few pairs are asked all, in their order", () => {
  const candidates = documentCandidates(aDocument());
  expect(nearestPairs(candidates, candidateEnds)).toEqual({ asked: candidates, unasked: 0 });
});

it("of many the nearest are asked, the earlier of two as near, and the others are counted", () => {
  const paper = paperOfEntities(90);
  const all = documentCandidates(paper);
  expect(all.length).toBeGreaterThan(MOST_PAIRS);
  for (const most of [1, 7, 1000, all.length]) {
    const { asked, unasked } = nearestPairs(eachCandidate(paper), candidateEnds, most);
    const ranked = all
      .map((candidate, index) => {
        const gaps = candidate.subject.mentions.flatMap((one) =>
          candidate.object.mentions.map((other) => mentionGap(one, other)),
        );
        return { candidate, index, gap: Math.min(...gaps) };
      })
      .sort((a, b) => a.gap - b.gap || a.index - b.index)
      .slice(0, most)
      .sort((a, b) => a.index - b.index);
    const names = (pairs: readonly (typeof all)[number][]) =>
      pairs.map(({ subject, object }) => `${subject.curie} ${object.curie}`);
    expect(names(asked)).toEqual(names(ranked.map(({ candidate }) => candidate)));
    expect(unasked).toBe(all.length - most);
  }
});
