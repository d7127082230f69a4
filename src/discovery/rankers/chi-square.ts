/**
 * Chi-square: Pearson's statistic of the table, 0 where there are no more linking terms than by chance. Overrates rare
 * entities, as the approximation fails for small counts. Source: Pearson 1900.
 */
import { cells, contingencyScores } from "./contingency.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** The statistic, one-sided. */
export function chiSquare(query: RankingQuery): RankerScores {
  return contingencyScores(query, (table) => {
    const [both, a, c, neither] = cells(table);
    const { ofStart, ofCandidate, all } = table;
    const margins = ofStart * ofCandidate * (all - ofStart) * (all - ofCandidate);
    const difference = both * neither - a * c;
    return margins === 0 || difference <= 0 ? 0 : (all * difference ** 2) / margins;
  });
}
