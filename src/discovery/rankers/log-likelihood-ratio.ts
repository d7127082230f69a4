/**
 * Log-likelihood ratio: how badly chance explains the number of linking terms, 0 where there are no more than by chance.
 * Source: Dunning 1993.
 */
import { cells, contingencyScores, expected } from "./contingency.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** Twice the sum of observed × log(observed / expected) over the four cells. */
export function logLikelihoodRatio(query: RankingQuery): RankerScores {
  return contingencyScores(query, (table) => {
    const [both, a, c, neither] = cells(table);
    const { ofStart, ofCandidate, all } = table;
    const [notStart, notCandidate] = [all - ofStart, all - ofCandidate];
    const sum =
      term(both, (ofStart * ofCandidate) / all) +
      term(a, (ofStart * notCandidate) / all) +
      term(c, (notStart * ofCandidate) / all) +
      term(neither, (notStart * notCandidate) / all);
    return both <= expected(table) ? 0 : 2 * sum;
  });
}

function term(observed: number, by: number): number {
  return observed === 0 ? 0 : observed * Math.log(observed / by);
}
