/**
 * Belief-weighted paths: the sum, over the paths of two and three hops, of the product of the hops' beliefs, damped by
 * degree^-0.4 at each entity on the way. As DWPC, but what papers make likely counts more.
 */
import { required } from "../../core/required.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** Belief of all paths together. */
export function beliefPaths({ view, candidates, beliefs }: RankingQuery): RankerScores {
  const { twoHops, threeHops } = beliefs;
  const scores = new Float64Array(view.size);
  for (const entity of candidates)
    scores[entity] =
      required(twoHops[entity], "a sum of two hops") + required(threeHops[entity], "a sum of three hops");
  return {
    scores,
    numbers: (entity) => ({
      twoHops: required(twoHops[entity], "a sum of two hops"),
      threeHops: required(threeHops[entity], "a sum of three hops"),
    }),
  };
}
