/**
 * Minimum-weight sum: each linking term counts as much as the weaker of its two links is believed. Source: LION LBD 2019.
 */
import { required } from "../../core/required.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** Sum of the weaker beliefs. */
export function minimumWeightSum({ linking }: RankingQuery): RankerScores {
  const { counts, minimumWeights: scores } = linking;
  return {
    scores,
    numbers: (entity) => ({
      weakerBeliefs: required(scores[entity], "a candidate's score"),
      linkingTerms: required(counts[entity], "a candidate's count"),
    }),
  };
}
