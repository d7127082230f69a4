import { required } from "../../core/required.js";
/**
 * Scores → ranks among the candidates, from 1 for the best; those that tie share the middle of their ranks.
 */

/** The rank of each candidate, in their order. */
export function candidateRanks(candidates: readonly number[], scores: Float64Array): Float64Array {
  const own = Float64Array.from(candidates, (entity) => required(scores[entity], "a candidate's score"));
  // Sorting numbers is many times quicker than sorting places by a comparison of scores.
  const sorted = own.slice().sort();
  const ranks = new Map<number, number>();
  for (let end = sorted.length; end > 0; ) {
    const score = required(sorted[end - 1], "a sorted score");
    let start = end - 1;
    while (start > 0 && sorted[start - 1] === score) start--;
    const above = sorted.length - end;
    ranks.set(score, above + (end - start + 1) / 2);
    end = start;
  }
  return own.map((score) => required(ranks.get(score), "a score's rank"));
}
