/**
 * Rooted PageRank: how often a walk from A that starts over with probability 0.15 at every step stands at the candidate.
 * It sees every way there, long ones too, and knows no types.
 */
import { required } from "../../core/required.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** The walk's probability at the candidate. */
export function pageRank({ view, from, pageRank: scores }: RankingQuery): RankerScores {
  const degrees = view.degrees;
  return {
    scores,
    numbers: (entity) => ({
      probability: required(scores[entity], "a candidate's score"),
      degree: required(degrees[entity], "an entity's degree"),
      startDegree: required(degrees[from], "an entity's degree"),
    }),
  };
}
