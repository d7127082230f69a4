/**
 * Jaccard: the share of A's and the candidate's neighbours that they have in common. Source: Jaccard 1912.
 */
import { contingencyScores } from "./contingency.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** Linking terms among all neighbours of the two, 0 to 1. */
export function jaccard(query: RankingQuery): RankerScores {
  return contingencyScores(query, ({ both, ofStart, ofCandidate }) => {
    const either = ofStart + ofCandidate - both;
    return either === 0 ? 0 : both / either;
  });
}
