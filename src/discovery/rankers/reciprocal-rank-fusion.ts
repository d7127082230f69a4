/**
 * Reciprocal rank fusion: the sum over other rankers of 1 / (60 + rank). Needs no scale and no fitting. Those fused see
 * different things: ways by their kind, all ways of any length, believed ways. Source: Cormack et al. 2009.
 */
import { required } from "../../core/required.js";
import { beliefPaths } from "./belief-paths.js";
import { candidateRanks } from "./candidate-ranks.js";
import { dwpc } from "./dwpc.js";
import { pageRank } from "./page-rank.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** The constant of the paper: how little the first ranks count beyond the next. */
const DAMPENING = 60;

const FUSED = { Dwpc: dwpc, PageRank: pageRank, BeliefPaths: beliefPaths };

/** The fused score; the numbers are the ranks that were fused. */
export function reciprocalRankFusion(query: RankingQuery): RankerScores {
  const { view, candidates } = query;
  const scores = new Float64Array(view.size);
  const ranks = Object.entries(FUSED).map(([name, ranker]) => {
    return { name, ranks: candidateRanks(candidates, ranker(query).scores) };
  });
  for (const [index, entity] of candidates.entries()) {
    scores[entity] = ranks.reduce(
      (sum, one) => sum + 1 / (DAMPENING + required(one.ranks[index], "a candidate's rank")),
      0,
    );
  }
  return {
    scores,
    numbers: (entity) => {
      const index = candidates.indexOf(entity);
      return Object.fromEntries(
        ranks.map((one) => [one.name, required(one.ranks[index], "a candidate's rank")]),
      );
    },
  };
}
