/**
 * Scores → ranks among the candidates, from 1 for the best; those that tie share the middle of their ranks.
 */
import { required } from "../../core/required.js";

/** The rank of each candidate, in their order. */
export function candidateRanks(candidates: readonly number[], scores: Float64Array): Float64Array {
  const own = Float64Array.from(candidates, (entity) => required(scores[entity], "a candidate's score"));
  // Sorting numbers is many times quicker than sorting places by a comparison of scores, or than a map of scores.
  const sorted = own.slice().sort();
  let [last, rank] = [Number.NaN, 0];
  return own.map((score) => {
    // Most candidates are reached by nothing, so one score stands beside another like it.
    if (score !== last) {
      const [low, high] = [firstAt(sorted, score, false), firstAt(sorted, score, true)];
      rank = sorted.length - high + (high - low + 1) / 2;
      last = score;
    }
    return rank;
  });
}

/** Where the scores of at least this one begin, or those above it. */
function firstAt(sorted: Float64Array, score: number, isAbove: boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const found = required(sorted[middle], "a sorted score");
    if (found < score || (isAbove && found === score)) from = middle + 1;
    else to = middle;
  }
  return from;
}
