/** Rank metrics against values worked out by hand, and the area under the curve against counting pairs. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval } from "../../src/evaluation/bootstrap.js";
import { rankCase, rankFigures, voidGold } from "../../src/evaluation/rank-metrics.js";

describe("rank metrics", () => {
  it("rank ties at the middle and count what is above", () => {
    const ranked = rankCase(Float64Array.of(5, 3, 3, 1), [1, 3]);
    expect(ranked).toEqual({ ranks: [2.5, 4], ties: [1, 0], candidates: 4 });
    const figures = rankFigures(ranked);
    expect(figures).toMatchObject({ firstMrr: 0.4, hits10: 1, hits100: 1 });
    expect(figures?.mrr).toBeCloseTo((1 / 2.5 + 1 / 4) / 2, 12);
    expect(figures?.map).toBeCloseTo((1 / 2.5 + 2 / 4) / 2, 12);
    // Of the pairs gold–other: 3 under 5, 3 beside 3, 1 under both.
    expect(figures?.auc).toBeCloseTo(0.5 / 4, 12);
  });

  it("give nothing for gold that ties with more than ten, but take it at the middle of the curve", () => {
    const eleven = rankCase(new Float64Array(12), [0]);
    expect(voidGold(eleven)).toBe(1);
    expect(rankFigures(eleven)).toMatchObject({
      mrr: 0,
      firstMrr: 0,
      hits10: 0,
      hits100: 0,
      map: 0,
      auc: 0.5,
    });
    const ten = rankCase(new Float64Array(11), [0]);
    expect(voidGold(ten)).toBe(0);
    expect(rankFigures(ten)?.mrr).toBeCloseTo(1 / 6, 12);
  });

  it("have the area that counting pairs gives", () => {
    const scores = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 5 }), (values, wanted) => {
        const gold = [...values.keys()].slice(0, Math.min(wanted, values.length - 1));
        const others = [...values.keys()].slice(gold.length);
        let above = 0;
        for (const g of gold)
          for (const o of others) above += (Math.sign((values[g] ?? 0) - (values[o] ?? 0)) + 1) / 2;
        const figures = rankFigures(rankCase(Float64Array.from(values), gold));
        expect(figures?.auc).toBeCloseTo(above / (gold.length * others.length), 9);
      }),
    );
  });

  it("say how far a mean could have come out otherwise", () => {
    expect(meanInterval([1, 1, 1])).toEqual([1, 1]);
    const [low, high] = meanInterval(Array.from({ length: 100 }, (_, index) => index % 2));
    expect(low).toBeGreaterThan(0.38);
    expect(low).toBeLessThan(0.45);
    expect(high).toBeGreaterThan(0.55);
    expect(high).toBeLessThan(0.62);
  });
});
