/**
 * Adamic–Adar: each linking term counts 1 / log of its number of neighbours, so that hubs count little. Source: Adamic and
 * Adar 2003.
 */
import { required } from "../../core/required.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** Sum of the linking terms' rarities. */
export function adamicAdar({ linking }: RankingQuery): RankerScores {
  const { counts, adamicAdar: scores } = linking;
  return {
    scores,
    numbers: (entity) => ({
      rarities: required(scores[entity], "a candidate's score"),
      linkingTerms: required(counts[entity], "a candidate's count"),
    }),
  };
}
