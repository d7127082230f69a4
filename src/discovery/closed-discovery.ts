/**
 * Closed discovery: why A and C may be related. The terms between them, which kinds of way lead from one to the other, the
 * effect that these predict, and whether the two are related already and since when. Pure; gives numbers and CURIEs, not
 * sentences. Source: Swanson 1986; Himmelstein 2017 for the metapaths.
 */
import type { RelationType } from "../core/relation-types.js";
import type { Adjacency } from "./adjacency/adjacency.js";
import { GraphView, type LinkFilter, type RelationFacts } from "./adjacency/graph-view.js";
import { entitySet, searchEnds } from "./adjacency/search-ends.js";
import {
  type LinkingTerm,
  linkingStart,
  linkingTerms,
  type PredictedEffect,
  predictedEffect,
} from "./linking.js";
import { type PairMetapath, pairMetapaths } from "./walks/pair-metapaths.js";
import { passing, type WayOptions } from "./walks/passing.js";
import { SearchBudget, type SearchLimits, type SearchOutcome } from "./walks/search-budget.js";

/** What is asked, and how far to look. */
export interface ClosedDiscoveryOptions extends LinkFilter, WayOptions {
  readonly limits?: SearchLimits | undefined;
}

/** What is known of the pair itself. */
interface DirectRelations {
  /** As of the year asked about, by the filter. */
  readonly types: readonly RelationType[];
  /** In the likeliest of them; 0 without any. */
  readonly belief: number;
  readonly papers: number;
  /** Year of the first paper on any relation of the two, whatever year and filter were asked for. */
  readonly since?: number;
}

/** The answer, and whether it is exact. */
export interface ClosedDiscovery extends SearchOutcome {
  readonly direct: DirectRelations;
  /** By falling score. */
  readonly linking: readonly LinkingTerm[];
  /** Kinds of way of two and three hops, the weightiest first. */
  readonly metapaths: readonly PairMetapath[];
  readonly effect: PredictedEffect;
}

const MAX_LINKS = 50_000_000;

/** Explains a pair; an end without relations, or the same twice, has nothing between. */
export function closedDiscovery(
  adjacency: Adjacency,
  from: string,
  to: string,
  options: ClosedDiscoveryOptions = {},
  view = new GraphView(adjacency, options),
): ClosedDiscovery {
  const ends = searchEnds(adjacency, from, to);
  if (ends === undefined) {
    const direct = { types: [], belief: 0, papers: 0 };
    return { direct, linking: [], metapaths: [], effect: predictedEffect([]), examined: 0 };
  }
  const [start, goal] = ends;
  const budget = new SearchBudget({ maxLinks: MAX_LINKS, ...options.limits });
  const excluded = entitySet(adjacency, options.excluded);
  const passes = passing(view, { ...options, excluded });
  const links = linkingStart(view, start, (entity) => entity !== goal && passes(entity));
  const linking = linkingTerms(view, goal, links).sort((a, b) => b.score - a.score);
  const metapaths = pairMetapaths({ view, from: start, to: goal, passes, budget });
  return {
    direct: directRelations(view, start, goal),
    linking,
    metapaths,
    effect: predictedEffect(linking),
    ...budget.outcome,
  };
}

function directRelations(view: GraphView, from: number, to: number): DirectRelations {
  const known = view.relationsBetween(from, to);
  const whenever = new GraphView(view.adjacency).relationsBetween(from, to);
  const years = whenever.flatMap(({ firstYear }: RelationFacts) => firstYear ?? []);
  return {
    types: known.map(({ type }) => type),
    belief: Math.max(0, ...known.map(({ belief }) => belief)),
    papers: known.reduce((sum, { papers }) => sum + papers, 0),
    ...(years.length === 0 ? {} : { since: Math.min(...years) }),
  };
}
