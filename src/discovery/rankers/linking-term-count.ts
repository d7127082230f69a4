/**
 * Linking-term count: how many entities are related to both A and the candidate. Source: Swanson 1986; Yetisgen-Yildiz 2009.
 */
import { required } from "../../core/required.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** The number of linking terms. */
export function linkingTermCount({ linking: { counts } }: RankingQuery): RankerScores {
  return {
    scores: Float64Array.from(counts),
    numbers: (entity) => ({ linkingTerms: required(counts[entity], "a candidate's count") }),
  };
}
