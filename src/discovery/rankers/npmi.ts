/**
 * Normalised pointwise mutual information: how much more often than by chance A's neighbours are the candidate's, from -1
 * (never) over 0 (by chance) to 1 (always). Source: Bouma 2009.
 */
import { contingencyScores, expected } from "./contingency.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** The measure; -1 without linking terms. */
export function npmi(query: RankingQuery): RankerScores {
  const measure = (table: Parameters<typeof expected>[0]) => {
    const { both, all } = table;
    return both === all ? 1 : Math.log(both / expected(table)) / -Math.log(both / all);
  };
  return contingencyScores(query, measure, -1);
}
