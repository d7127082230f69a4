/**
 * MPNet's (T5's) buckets of relative positions: near distances have a bucket each, far ones share logarithmic
 * ones, before and after apart. Source: Raffel et al. 2020; transformers' MPNetEncoder.relative_position_bucket.
 */

import type { RelativeSizes } from "./ops.js";

/** Distances from here on share the last bucket. */
const FAR = 128;

/**
 * The bucket of every difference "query position − key position": entry `difference + maxPositions − 1` of
 * 2·maxPositions − 1.
 */
export function bucketOfDifference({ maxPositions, relativeBuckets }: RelativeSizes): Int32Array {
  return Int32Array.from({ length: 2 * maxPositions - 1 }, (_, index) =>
    bucketOf(index - (maxPositions - 1), relativeBuckets / 2),
  );
}

function bucketOf(difference: number, side: number): number {
  const offset = difference < 0 ? side : 0;
  const distance = Math.abs(difference);
  const exact = side / 2;
  if (distance < exact) return offset + distance;
  // subtle: in single precision, as the original computes it; a double would cut some buckets one later.
  const share = Math.fround(Math.fround(Math.log(distance / exact)) / Math.fround(Math.log(FAR / exact)));
  return offset + Math.min(side - 1, exact + Math.floor(Math.fround(share * (side - exact))));
}
