import fc from "fast-check";
import { expect, it } from "vitest";
import { RELIABILITY } from "../../../src/core/belief.js";
import {
  expectedChange,
  MOST_OPEN_BELIEF,
  mostChangeAbove,
  mostChangeBelow,
  type ProgramKind,
} from "../../../src/core/curation/expected-change.js";

/** A row that is its paper's best, and the doubt that the relation's other papers leave. */
const row = fc.record({
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom<ProgramKind>("model", "pubtator3"),
  doubt: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
});

it("is what accepting and rejecting do to belief, each as likely as the row says", () => {
  fc.assert(
    fc.property(row, ({ probability, kind, doubt }) => {
      const beliefWith = (weight: number) => 1 - doubt * (1 - weight);
      const belief = beliefWith(probability * RELIABILITY[kind]);
      const change =
        probability * Math.abs(beliefWith(RELIABILITY.curator) - belief) +
        (1 - probability) * Math.abs(beliefWith(0) - belief);
      expect(expectedChange({ belief, probability, kind })).toBeCloseTo(change, 9);
    }),
  );
});

it("no row of a relation that is further from the most open belief changes it more than the bound says", () => {
  const nearer = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(row, nearer, ({ probability, kind, doubt }, part) => {
      const belief = 1 - doubt * (1 - probability * RELIABILITY[kind]);
      // Any belief between the relation's own and the middle.
      const bound = belief + part * (MOST_OPEN_BELIEF - belief);
      const most = belief >= MOST_OPEN_BELIEF ? mostChangeAbove(bound) : mostChangeBelow(bound);
      expect(expectedChange({ belief, probability, kind })).toBeLessThanOrEqual(most + 1e-12);
    }),
    { numRuns: 5_000 },
  );
});

it("the bounds are met by relations of one paper, and fall on either side of the middle", () => {
  const alone = (probability: number, kind: ProgramKind) =>
    expectedChange({ belief: probability * RELIABILITY[kind], probability, kind });
  expect(mostChangeBelow(0.3)).toBeCloseTo(
    Math.max(alone(0.3 / 0.9, "model"), alone(0.3 / 0.8, "pubtator3")),
    9,
  );
  expect(mostChangeAbove(0.7)).toBeGreaterThanOrEqual(alone(0.7 / 0.9, "model"));
  const steps = Array.from({ length: 47 }, (_, at) => at / 100);
  for (const step of steps.slice(1)) {
    expect(mostChangeBelow(step)).toBeGreaterThanOrEqual(mostChangeBelow(step - 0.01));
    expect(mostChangeAbove(MOST_OPEN_BELIEF + step)).toBeLessThan(
      mostChangeAbove(MOST_OPEN_BELIEF + step - 0.01),
    );
  }
});
