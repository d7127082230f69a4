/**
 * Simple paths between two entities, best first. A path scores the product of its hops' beliefs, damped by
 * degree^-0.4 at each entity on the way, so that hubs do not connect everything. The search goes from both ends: what lies between
 * their neighbours is read once, and longer paths are looked for only where they can still be among the best. Source of the
 * damping: Himmelstein 2017 (DWPC).
 */
import type { RelationType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { Adjacency } from "../adjacency/adjacency.js";
import { GraphView, type LinkFilter } from "../adjacency/graph-view.js";
import { entitySet, searchEnds } from "../adjacency/search-ends.js";
import { passing, type WayOptions } from "../walks/passing.js";
import { SearchBudget, type SearchLimits, type SearchOutcome } from "../walks/search-budget.js";
import { BestPaths, type FoundPath } from "./best-paths.js";
import { fourHopPaths } from "./four-hop-paths.js";
import { type PathSearch, pathSearch } from "./path-ends.js";
import { threeHopPaths, twoHopPaths } from "./short-paths.js";

/** What is asked, and how far to look. */
export interface PathOptions extends LinkFilter, WayOptions {
  /** 1–4. */
  readonly maxHops: number;
  /** How many paths to give. */
  readonly first: number;
  /** How many of the best to leave out before them; none unless told. They are searched for all the same. */
  readonly skip?: number | undefined;
  readonly limits?: SearchLimits | undefined;
}

/** One step of a path, with all relations between its two entities. */
export interface PathHop {
  readonly from: string;
  readonly to: string;
  readonly belief: number;
  readonly types: readonly RelationType[];
}

/** A chain of hops from A to B, each entity once and its score as above. */
export interface RankedPath {
  readonly hops: readonly PathHop[];
  /** 0–1. */
  readonly score: number;
}

/** The answer, and whether it is exact. */
export interface RankedPaths extends SearchOutcome {
  readonly paths: readonly RankedPath[];
}

const MAX_LINKS = 50_000_000;

/** The best simple paths; none where an end has no relations or both ends are the same. */
export function rankedPaths(
  adjacency: Adjacency,
  from: string,
  to: string,
  options: PathOptions,
  view = new GraphView(adjacency, options),
): RankedPaths {
  const ends = searchEnds(adjacency, from, to);
  if (ends === undefined) return { paths: [], examined: 0 };
  const [start, goal] = ends;
  const { skip = 0, first } = options;
  const budget = new SearchBudget({ maxLinks: MAX_LINKS, ...options.limits });
  const best = new BestPaths(skip + first, adjacency.curieRanks);
  const direct = view.relationsBetween(start, goal).map(({ belief }) => belief);
  if (direct.length > 0) best.add({ entities: [start, goal], score: Math.max(...direct) });
  // The short ones first: they set what a longer one must reach.
  if (options.maxHops > 1) {
    const passes = passing(view, { ...options, excluded: entitySet(adjacency, options.excluded) });
    searchFurther(pathSearch(view, budget, ends, passes), options.maxHops, best);
  }
  return { paths: best.paths.slice(skip).map((path) => shownPath(view, path)), ...budget.outcome };
}

function searchFurther(search: PathSearch, maxHops: number, best: BestPaths): void {
  twoHopPaths(search, best);
  if (maxHops > 2 && threeHopPaths(search, best) && maxHops > 3) fourHopPaths(search, best);
}

function shownPath(view: GraphView, { entities, score }: FoundPath): RankedPath {
  const { curies } = view.adjacency;
  const name = (entity: number) => required(curies[entity], `the CURIE of entity ${entity}`);
  const hops = entities.slice(1).map((entity, step): PathHop => {
    const previous = required(entities[step], `step ${step} of a path`);
    const relations = view.relationsBetween(previous, entity);
    return {
      from: name(previous),
      to: name(entity),
      belief: Math.max(...relations.map(({ belief }) => belief)),
      types: relations.map(({ type }) => type),
    };
  });
  return { hops, score };
}
