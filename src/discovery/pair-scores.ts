/**
 * What the rankers make of one pair: C's score and its place among all that A is not known to be related to. C is ranked even
 * where it is known already; its link to A then counts in its favour, so ask as of a year before it.
 */

import { RANKERS, type Ranker } from "../core/ranker.js";
import { required } from "../core/required.js";
import type { Adjacency } from "./adjacency/adjacency.js";
import { GraphView } from "./adjacency/graph-view.js";
import { entitySet, searchEnds } from "./adjacency/search-ends.js";
import type { CandidateScore, OpenDiscoveryOptions } from "./open-discovery.js";
import { candidateRanks } from "./rankers/candidate-ranks.js";
import { SCORERS } from "./rankers/rankers.js";
import { RankingQuery } from "./rankers/ranking-query.js";
import { SearchBudget, type SearchOutcome } from "./walks/search-budget.js";

/** What is asked: as of open discovery, and by whom. */
export type PairScoreOptions = Omit<OpenDiscoveryOptions, "first" | "rankers"> & {
  readonly rankers: readonly Ranker[];
};

/** A score with its place. */
export interface PairScore extends CandidateScore {
  /** From 1; those that tie share the middle of their places. */
  readonly rank: number;
  /** How many were ranked. */
  readonly candidates: number;
}

/** The answer, and whether it is exact. */
export interface PairScores extends SearchOutcome {
  readonly scores: readonly PairScore[];
}

const MAX_LINKS = 200_000_000;

/** Scores a pair; nothing where an end has no relations or both are the same. */
export function pairScores(
  adjacency: Adjacency,
  from: string,
  to: string,
  options: PairScoreOptions,
  view = new GraphView(adjacency, options),
): PairScores {
  const ends = searchEnds(adjacency, from, to);
  if (ends === undefined) return { scores: [], examined: 0 };
  const [start, goal] = ends;
  const budget = new SearchBudget({ maxLinks: MAX_LINKS, ...options.limits });
  const excluded = entitySet(adjacency, options.excluded);
  const query = new RankingQuery(view, start, { ...options, excluded, included: goal }, budget);
  const place = query.candidates.indexOf(goal);
  const asked = RANKERS.filter((ranker) => options.rankers.includes(ranker));
  const scores = asked.map((ranker): PairScore => {
    const { scores: all, numbers } = SCORERS[ranker](query);
    return {
      ranker,
      score: required(all[goal], "an entity's sum"),
      numbers: numbers(goal),
      rank: required(candidateRanks(query.candidates, all)[place], "the end's rank"),
      candidates: query.candidates.length,
    };
  });
  return { scores, ...budget.outcome };
}
