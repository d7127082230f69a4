/**
 * How far a score could have come out otherwise: percentile bootstrap over documents (Efron 1979), since pairs of
 * one document stand and fall together. Seeded: the same documents give the same intervals.
 */

import { seededRandom } from "../core/random.js";
import { required } from "../core/required.js";
import { type Counts, toScore } from "./relation-scores.js";

/** Lower and upper end, fractions of 1. */
export type Interval = readonly [low: number, high: number];

/** The intervals of a score. */
export interface ScoreIntervals {
  readonly precision: Interval;
  readonly recall: Interval;
  readonly f1: Interval;
}

/** How the intervals are drawn. */
interface BootstrapOptions {
  readonly resamples: number;
  readonly seed: number;
  /** Share of the resamples that an interval holds. */
  readonly level: number;
}

/** What `bioweft evaluate` reports. */
export const BOOTSTRAP: BootstrapOptions = { resamples: 1_000, seed: 42, level: 0.95 };

/** Intervals of the micro-averaged score of documents whose counts are given; undefined for fewer than two. */
export function bootstrapIntervals(
  documents: readonly Counts[],
  { resamples, seed, level }: BootstrapOptions = BOOTSTRAP,
): ScoreIntervals | undefined {
  if (documents.length < 2) return undefined;
  const random = seededRandom(seed);
  const drawn = {
    precision: new Float64Array(resamples),
    recall: new Float64Array(resamples),
    f1: new Float64Array(resamples),
  };
  for (let sample = 0; sample < resamples; sample++) {
    const { precision, recall, f1 } = toScore(resample(documents, () => random.next()));
    drawn.precision[sample] = precision;
    drawn.recall[sample] = recall;
    drawn.f1[sample] = f1;
  }
  return {
    precision: middle(drawn.precision, level),
    recall: middle(drawn.recall, level),
    f1: middle(drawn.f1, level),
  };
}

/** Interval of the mean of some figures, one a case; of differences between two on the same cases: a paired comparison. */
export function meanInterval(
  figures: readonly number[],
  { resamples, seed, level }: BootstrapOptions = BOOTSTRAP,
): Interval {
  const random = seededRandom(seed);
  const means = new Float64Array(resamples);
  for (let sample = 0; sample < resamples; sample++) {
    let sum = 0;
    for (let draw = 0; draw < figures.length; draw++) {
      sum += figures[Math.floor(random.next() * figures.length)] ?? 0;
    }
    means[sample] = sum / Math.max(1, figures.length);
  }
  return middle(means, level);
}

function resample(documents: readonly Counts[], next: () => number): Counts {
  let [truePositives, predicted, gold] = [0, 0, 0];
  for (let draw = 0; draw < documents.length; draw++) {
    const document = documents[Math.floor(next() * documents.length)];
    if (document === undefined) continue;
    truePositives += document.truePositives;
    predicted += document.predicted;
    gold += document.gold;
  }
  return { truePositives, predicted, gold };
}

function middle(values: Float64Array, level: number): Interval {
  const sorted = values.sort();
  const at = (share: number) =>
    required(sorted[Math.round(share * (sorted.length - 1))], "a resampled score");
  return [at((1 - level) / 2), at((1 + level) / 2)];
}
