import { describe, expect, it } from "vitest";
import { bucketOfDifference } from "../../../src/model/ops/relative-position.js";

/** Buckets of some differences "query − key" as transformers' MPNet computes them (32 buckets). */
const EXPECTED: readonly [number, number][] = [
  [0, 0],
  [1, 1],
  [7, 7],
  [8, 8],
  [11, 8],
  [12, 9],
  [16, 10],
  [23, 11],
  [32, 12],
  [91, 15],
  [127, 15],
  [511, 15],
  [-1, 17],
  [-7, 23],
  [-8, 24],
  [-16, 26],
  [-511, 31],
];

describe("MPNet's buckets of relative positions", () => {
  it.each(EXPECTED)("puts the difference %i into bucket %i", (difference, bucket) => {
    const buckets = bucketOfDifference({ maxPositions: 512, relativeBuckets: 32 });
    expect(buckets).toHaveLength(1023);
    expect(buckets[difference + 511]).toBe(bucket);
  });
});
