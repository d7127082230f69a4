/** Which stretches of a long text its pairs are read in. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../src/core/candidate.js";
import type { Mention } from "../../../src/core/document.js";
import { type PlacedPair, readingsWithin, textWindows } from "../../../src/model/text/text-windows.js";

const ROOM = 20;

const mentionAt = (token: number): Mention => ({
  ...{ type: "Gene", ids: ["1"], sourceIds: ["1"], text: "x" },
  ...{ start: 2 * token, end: 2 * token + 1 },
});

/** A pair of its own whose mentions are these tokens; of `candidate` where it is another reading of that. */
function aReading(subjectToken: number, objectToken: number, candidate?: Candidate): PlacedPair {
  const [subject, object] = [mentionAt(subjectToken), mentionAt(objectToken)];
  const end = (mention: Mention) =>
    ({ curie: "NCBIGene:1", type: "Gene", role: "Gene", mentions: [mention] }) as const;
  return {
    candidate: candidate ?? { subject: end(subject), object: end(object), pairType: "G-G" },
    ...{ subject, object, subjectToken, objectToken },
  };
}

const tokens = fc.tuple(fc.integer({ min: 0, max: 94 }), fc.integer({ min: 0, max: 94 }));
const readings = fc
  .array(tokens, { maxLength: 40 })
  .map((all) => all.map(([one, other]) => aReading(one, other)));

describe("windows of a text", () => {
  it("hold every pair once, with both its tokens, in two different halves that follow each other", () => {
    fc.assert(
      fc.property(readings, (pairs) => {
        const windows = textWindows(95, ROOM, pairs);
        expect(new Set(windows.flatMap((window) => window.pairs))).toEqual(new Set(pairs));
        expect(windows.flatMap((window) => window.pairs)).toHaveLength(pairs.length);
        for (const { spans, pairs: own } of windows) {
          const held = spans.flatMap(({ from, to }) =>
            Array.from({ length: to - from }, (_, at) => from + at),
          );
          expect(held.length).toBeLessThanOrEqual(ROOM);
          expect(held).toEqual([...new Set(held)].sort((a, b) => a - b));
          // Two whole halves: no room is given away, but at the text's end.
          expect(held.length).toBeGreaterThan(ROOM / 2);
          for (const { subjectToken, objectToken } of own) {
            expect(held).toContain(subjectToken);
            expect(held).toContain(objectToken);
          }
        }
      }),
    );
  });

  it("are the text itself where that fits, with all pairs or none", () => {
    expect(textWindows(ROOM, ROOM, [])).toEqual([{ spans: [{ from: 0, to: ROOM }], pairs: [] }]);
  });

  it("of what stands within one half are that half and the next, at the end the one before", () => {
    const spansOf = (token: number) => textWindows(50, ROOM, [aReading(token, token + 1)])[0]?.spans;
    expect(spansOf(13)).toEqual([
      { from: 10, to: 20 },
      { from: 20, to: 30 },
    ]);
    expect(spansOf(43)).toEqual([
      { from: 30, to: 40 },
      { from: 40, to: 50 },
    ]);
  });

  it("of what stands within one half are those of a pair across, the nearest halves where there are several", () => {
    const within = aReading(11, 12);
    const windows = textWindows(95, ROOM, [within, aReading(12, 85), aReading(15, 31), aReading(14, 60)]);
    expect(windows).toHaveLength(3);
    expect(windows.find(({ pairs }) => pairs.includes(within))?.spans).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: 40 },
    ]);
  });
});

describe("the readings that some windows hold", () => {
  it("are all where the windows suffice", () => {
    const pairs = [aReading(0, 90), aReading(1, 50)];
    expect(readingsWithin(95, ROOM, pairs, 2)).toBe(pairs);
    expect(readingsWithin(ROOM, ROOM, pairs, 1)).toBe(pairs);
  });

  it("are those of the nearest mentions, in their order, and what stands in the same windows", () => {
    const [far, near, across, distant] = [
      aReading(0, 90),
      aReading(44, 45),
      aReading(8, 12),
      aReading(9, 93),
    ];
    const pairs = [far, distant, near, across];
    // A window for `near`, one for `across`; `far` needs a third, and `distant` is read in that.
    expect(readingsWithin(95, ROOM, pairs, 2)).toEqual([near, across]);
    expect(readingsWithin(95, ROOM, [...pairs, aReading(0, 50)], 3)).toEqual([near, across, aReading(0, 50)]);
    expect(readingsWithin(95, ROOM, pairs, 3)).toEqual(pairs);
  });

  it("are of no pair whose closest mentions are not read", () => {
    const far = aReading(20, 70);
    // The next mentions of the same pair stand where another pair is read.
    const next = aReading(0, 75, far.candidate);
    const [near, other] = [aReading(50, 51), aReading(1, 79)];
    expect(readingsWithin(95, ROOM, [far, next, near, aReading(40, 55), other], 2)).not.toContain(next);
    expect(readingsWithin(95, ROOM, [far, next, other], 2)).toEqual([far, next, other]);
  });

  it("take about as many windows as there may be", () => {
    fc.assert(
      fc.property(readings, fc.integer({ min: 1, max: 12 }), (pairs, most) => {
        const read = readingsWithin(95, ROOM, pairs, most);
        expect(textWindows(95, ROOM, read).length).toBeLessThanOrEqual(2 * most);
        expect(pairs.filter((pair) => read.includes(pair))).toEqual([...read]);
      }),
    );
  });
});
