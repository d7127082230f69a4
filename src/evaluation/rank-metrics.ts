/**
 * How well a ranking finds what turned out to be true, for models and for discovery: reciprocal rank, hits, precision and
 * the area under the ROC curve, from the ranks of the gold among all candidates. What ties shares the middle of its ranks.
 */
import { required } from "../core/required.js";

/** Where the gold of one query stands. */
export interface RankedCase {
  /** Ranks of the gold candidates, from 1 for the best; ties at the middle. */
  readonly ranks: readonly number[];
  /** How many candidates each of them ties with, itself not counted. */
  readonly ties: readonly number[];
  readonly candidates: number;
}

/** One query's figures, fractions of 1. */
export interface RankFigures {
  /** Mean over the gold of 1 / rank. */
  readonly mrr: number;
  /** 1 / rank of the gold that stands first. */
  readonly firstMrr: number;
  /** Share of the gold among the first 10 and 100. */
  readonly hits10: number;
  readonly hits100: number;
  /** Average precision. */
  readonly map: number;
  /** How often a gold candidate stands above another that is not gold. */
  readonly auc: number;
}

/** The names of the figures. */
export const RANK_FIGURES = ["mrr", "firstMrr", "hits10", "hits100", "map", "auc"] as const;
export type RankFigure = (typeof RANK_FIGURES)[number];

/**
 * Gold that ties with more candidates than this is void: its rank is that of a draw, and it counts 0 in all but the area
 * under the curve, which takes it at the middle, so that rankers stay comparable on the same queries.
 */
const MOST_TIES = 10;

/** Ranks the gold (places in `scores`) of one query among all candidates. */
export function rankCase(scores: Float64Array, gold: readonly number[]): RankedCase {
  const ranks: number[] = [];
  const ties: number[] = [];
  for (const place of gold) {
    const score = required(scores[place], "the score of gold");
    let [above, equal] = [0, 0];
    for (const other of scores) {
      if (other > score) above++;
      else if (other === score) equal++;
    }
    ranks.push(above + (equal + 1) / 2);
    ties.push(equal - 1);
  }
  return { ranks, ties, candidates: scores.length };
}

/** How many of a case's gold are void. */
export function voidGold({ ties }: RankedCase): number {
  return ties.filter((tied) => tied > MOST_TIES).length;
}

/** Figures of a query whose gold is ranked; undefined without gold. */
export function rankFigures({ ranks, ties, candidates }: RankedCase): RankFigures | undefined {
  const gold = ranks.length;
  if (gold === 0) return undefined;
  const clear = ranks
    .filter((_, index) => required(ties[index], "the ties of a rank") <= MOST_TIES)
    .sort((a, b) => a - b);
  const mean = (value: (rank: number, place: number) => number) =>
    clear.reduce((sum, rank, place) => sum + value(rank, place), 0) / gold;
  const others = candidates - gold;
  // Each rank counts those above it; gold above gold is taken off: Mann and Whitney's U.
  const above = ranks.reduce((sum, rank) => sum + rank, 0) - (gold * (gold + 1)) / 2;
  return {
    mrr: mean((rank) => 1 / rank),
    firstMrr: clear[0] === undefined ? 0 : 1 / clear[0],
    hits10: mean((rank) => (rank <= 10 ? 1 : 0)),
    hits100: mean((rank) => (rank <= 100 ? 1 : 0)),
    map: mean((rank, place) => (place + 1) / rank),
    auc: others === 0 ? 1 : 1 - above / (gold * others),
  };
}
