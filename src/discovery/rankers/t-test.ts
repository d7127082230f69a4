/**
 * t-test: by how many standard deviations the number of linking terms exceeds chance; 0 where it does not. Source: Church et
 * al. 1991.
 */
import { contingencyScores, expected } from "./contingency.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** (Observed - expected) / √observed, one-sided. */
export function tTest(query: RankingQuery): RankerScores {
  return contingencyScores(
    query,
    (table) => Math.max(0, table.both - expected(table)) / Math.sqrt(table.both),
  );
}
