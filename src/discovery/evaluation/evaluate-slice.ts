/**
 * Rankers judged on a time slice: each ranks all candidates of every query, and those that linking terms reach, and its figures
 * stand beside degree's on the same queries. The intervals are over queries, as gold of one query stands and falls together.
 */
import type { Ranker } from "../../core/ranker.js";
import { required } from "../../core/required.js";
import { type Interval, meanInterval } from "../../evaluation/bootstrap.js";
import {
  RANK_FIGURES,
  type RankedCase,
  type RankFigure,
  type RankFigures,
  rankCase,
  rankFigures,
  voidGold,
} from "../../evaluation/rank-metrics.js";
import type { LearnedWeights } from "../rankers/learned-weights.js";
import { SCORERS } from "../rankers/rankers.js";
import { RankingQuery } from "../rankers/ranking-query.js";
import { IMPORTANCE, type Importance, importanceOf, STRATA, type Stratum, stratumOf } from "./strata.js";
import type { SliceQuery, TimeSlice } from "./time-slice.js";

/** A figure's mean over the queries with its interval, and how far it is above degree's on the same queries. */
export interface SliceFigure {
  readonly value: number;
  readonly interval: Interval;
  readonly aboveDegree: { readonly value: number; readonly interval: Interval };
}

/** Figures of one set of candidates. */
export interface SetFigures {
  /** Queries that have gold in the set, and how much. */
  readonly queries: number;
  readonly gold: number;
  /** Gold that ties with too many to count. */
  readonly void: number;
  readonly figures: Readonly<Record<RankFigure, SliceFigure>>;
}

/** Mean reciprocal rank of the gold of one stratum, among all candidates. */
export interface StratumFigure<Name extends string = string> {
  readonly stratum: Name;
  readonly gold: number;
  readonly mrr: number;
}

/** One ranker's result. */
export interface RankerResult {
  readonly ranker: Ranker;
  readonly all: SetFigures;
  /** Among the candidates that have linking terms. */
  readonly reached: SetFigures;
  /** By the degree of the gold at the cutoff. */
  readonly strata: readonly StratumFigure<Stratum>[];
  /** By how many papers the gold's relation had by the end. */
  readonly importance: readonly StratumFigure<Importance>[];
}

/** How a slice is evaluated. */
interface EvaluationOptions {
  readonly rankers: readonly Ranker[];
  /** Needed where the learned ranker is among them. */
  readonly weights?: LearnedWeights | undefined;
  readonly onQuery?: ((done: number) => void) | undefined;
  /** Asked before each query: whether to leave the rest out. */
  readonly isOver?: (() => boolean) | undefined;
}

/** Evaluates the rankers; degree is always among them. */
export function evaluateSlice(slice: TimeSlice, options: EvaluationOptions): RankerResult[] {
  const rankers: readonly Ranker[] = ["Degree", ...options.rankers.filter((ranker) => ranker !== "Degree")];
  const runs = rankers.map((ranker) => ({
    ranker,
    all: emptyCases(),
    reached: emptyCases(),
    strata: emptyStrata(STRATA),
    importance: emptyStrata(IMPORTANCE),
  }));
  for (const [index, asked] of slice.queries.entries()) {
    if (options.isOver?.() === true) break;
    const { targetType } = slice.options;
    const query = new RankingQuery(slice.view, asked.from, { targetType, weights: options.weights });
    const sets = candidateSets(query, asked);
    for (const run of runs) rankQuery(query, sets, slice, run);
    options.onQuery?.(index + 1);
  }
  const [baseline] = runs;
  if (baseline === undefined) return [];
  return runs.map(({ ranker, all, reached, strata, importance }) => ({
    ranker,
    all: toFigures(all, baseline.all),
    reached: toFigures(reached, baseline.reached),
    strata: stratumFigures(strata),
    importance: stratumFigures(importance),
  }));
}

/** Cases of one set, in the order of the queries that have gold in it. */
interface Cases {
  readonly figures: RankFigures[];
  gold: number;
  void: number;
}

interface Run {
  readonly ranker: Ranker;
  readonly all: Cases;
  readonly reached: Cases;
  readonly strata: StratumSums<Stratum>;
  readonly importance: StratumSums<Importance>;
}

type StratumSums<Name extends string> = Map<Name, { gold: number; sum: number }>;

function emptyCases(): Cases {
  return { figures: [], gold: 0, void: 0 };
}

function emptyStrata<Name extends string>(names: readonly Name[]): StratumSums<Name> {
  return new Map(names.map((name) => [name, { gold: 0, sum: 0 }]));
}

function stratumFigures<Name extends string>(sums: StratumSums<Name>): StratumFigure<Name>[] {
  return [...sums].flatMap(([stratum, { gold, sum }]) =>
    gold === 0 ? [] : [{ stratum, gold, mrr: sum / gold }],
  );
}

/** Candidates, and where among them the gold stands. */
interface CandidateSet {
  readonly candidates: readonly number[];
  readonly gold: readonly number[];
}

function candidateSets(
  query: RankingQuery,
  { gold }: SliceQuery,
): { all: CandidateSet; reached: CandidateSet } {
  const { counts } = query.linking;
  const set = (candidates: readonly number[]): CandidateSet => {
    const places = new Map(candidates.map((entity, place) => [entity, place]));
    return { candidates, gold: gold.flatMap((entity) => places.get(entity) ?? []) };
  };
  return {
    all: set(query.candidates),
    reached: set(query.candidates.filter((entity) => required(counts[entity], "a candidate's count") > 0)),
  };
}

function rankQuery(
  query: RankingQuery,
  sets: { readonly all: CandidateSet; readonly reached: CandidateSet },
  { view, later }: TimeSlice,
  run: Run,
): void {
  const { scores } = SCORERS[run.ranker](query);
  const rank = ({ candidates, gold }: CandidateSet) =>
    rankCase(
      Float64Array.from(candidates, (entity) => required(scores[entity], "a candidate's score")),
      gold,
    );
  const all = rank(sets.all);
  note(run.all, all);
  note(run.reached, rank(sets.reached));
  for (const [index, place] of sets.all.gold.entries()) {
    const entity = required(sets.all.candidates[place], "the gold's place");
    const papers = later
      .relationsBetween(query.from, entity)
      .reduce((sum, relation) => sum + relation.papers, 0);
    const share = 1 / required(all.ranks[index], "the rank of gold");
    for (const sums of [
      required(run.strata.get(stratumOf(required(view.degrees[entity], "a degree"))), "a stratum"),
      required(run.importance.get(importanceOf(papers)), "a stratum"),
    ]) {
      sums.gold++;
      sums.sum += share;
    }
  }
}

function note(cases: Cases, ranked: RankedCase): void {
  const figures = rankFigures(ranked);
  if (figures === undefined) return;
  cases.figures.push(figures);
  cases.gold += ranked.ranks.length;
  cases.void += voidGold(ranked);
}

function toFigures(cases: Cases, baseline: Cases): SetFigures {
  const figure = (name: RankFigure): SliceFigure => {
    const values = cases.figures.map((figures) => figures[name]);
    const above = values.map((value, query) => value - (baseline.figures[query]?.[name] ?? 0));
    return {
      value: mean(values),
      interval: meanInterval(values),
      aboveDegree: { value: mean(above), interval: meanInterval(above) },
    };
  };
  return {
    queries: cases.figures.length,
    gold: cases.gold,
    void: cases.void,
    figures: Object.fromEntries(RANK_FIGURES.map((name) => [name, figure(name)])) as SetFigures["figures"],
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
