/**
 * Simple paths between two entities, best first. A path scores the product of its hops' beliefs, damped by
 * degree^-0.4 at each entity on the way, so that hubs do not connect everything. Best-first search: extending a
 * path never raises its score, so paths come out in their final order. Source of the damping: Himmelstein 2017 (DWPC).
 */
import type { RelationType } from "../../core/relation-types.js";
import type { Adjacency } from "../adjacency/adjacency.js";
import { GraphView, type LinkFilter, type LinkRoom } from "../adjacency/graph-view.js";
import { dampedDegrees } from "../walks/damped-degrees.js";
import { SearchBudget, type SearchLimits } from "../walks/search-budget.js";
import { PriorityQueue } from "./priority-queue.js";

/** What is asked, and how far to look. */
export interface PathOptions extends LinkFilter {
  /** 1–4. */
  readonly maxHops: number;
  /** How many paths to give. */
  readonly first: number;
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
export interface RankedPaths {
  readonly paths: readonly RankedPath[];
  /** Links looked at. */
  readonly examined: number;
  /** Why the answer is not exact; undefined where it is. */
  readonly truncated?: string;
}

const MAX_LINKS = 50_000_000;

/** A path under way; `previous` leads back to the start. */
interface PartialPath {
  readonly entity: number;
  readonly length: number;
  readonly score: number;
  /** Of its last hop. */
  readonly belief: number;
  readonly previous?: PartialPath;
}

/** The best simple paths; none where an end has no relations or both ends are the same. */
export function rankedPaths(
  adjacency: Adjacency,
  from: string,
  to: string,
  options: PathOptions,
  view = new GraphView(adjacency, options),
): RankedPaths {
  const start = adjacency.indexOf(from);
  const goal = adjacency.indexOf(to);
  if (start === undefined || goal === undefined || start === goal) return { paths: [], examined: 0 };
  const budget = new SearchBudget({ maxLinks: MAX_LINKS, ...options.limits });
  const search = { view, goal, budget, maxHops: options.maxHops, room: view.room() };
  const distances = hopsToGoal(search);
  const queue = new PriorityQueue<PartialPath>((path) => path.score);
  queue.push({ entity: start, length: 0, score: 1, belief: 1 });
  const paths: RankedPath[] = [];
  for (let path = queue.pop(); path !== undefined && paths.length < options.first; path = queue.pop()) {
    if (path.entity === goal) paths.push({ hops: hopsOf(view, path), score: path.score });
    else if (budget.take(view.stored(path.entity))) extend(search, path, distances, queue);
    else break;
  }
  return {
    paths,
    examined: budget.links,
    ...(budget.reason === undefined ? {} : { truncated: budget.reason }),
  };
}

/** What does not change in the course of a search. */
interface Search {
  readonly view: GraphView;
  readonly goal: number;
  readonly budget: SearchBudget;
  readonly maxHops: number;
  readonly room: LinkRoom;
}

/** Stands for an entity from which the goal is too far. */
const TOO_FAR = 255;

function extend(
  { view, goal, maxHops, room }: Search,
  path: PartialPath,
  distances: Uint8Array,
  queue: PriorityQueue<PartialPath>,
): void {
  const damped = dampedDegrees(view).all;
  const count = view.neighbours(path.entity, room, true);
  for (let i = 0; i < count; i++) {
    const entity = room.targets[i] ?? 0;
    if (path.length + 1 + (distances[entity] ?? TOO_FAR) > maxHops || visits(path, entity)) continue;
    const belief = room.beliefs[i] ?? 0;
    queue.push({
      entity,
      length: path.length + 1,
      score: path.score * belief * (entity === goal ? 1 : (damped[entity] ?? 0)),
      belief,
      previous: path,
    });
  }
}

/** Hops to the goal, for every entity that can reach it in fewer hops than are allowed. */
function hopsToGoal({ view, goal, budget, maxHops, room }: Search): Uint8Array {
  const distances = new Uint8Array(view.size).fill(TOO_FAR);
  distances[goal] = 0;
  let frontier = [goal];
  for (let distance = 1; distance < maxHops; distance++) {
    const next: number[] = [];
    for (const entity of frontier) {
      if (!budget.take(view.stored(entity))) return distances;
      const count = view.neighbours(entity, room);
      for (let i = 0; i < count; i++) {
        const target = room.targets[i] ?? 0;
        if (distances[target] !== TOO_FAR) continue;
        distances[target] = distance;
        next.push(target);
      }
    }
    frontier = next;
  }
  return distances;
}

function visits(path: PartialPath | undefined, entity: number): boolean {
  for (let step = path; step !== undefined; step = step.previous) if (step.entity === entity) return true;
  return false;
}

function hopsOf(view: GraphView, path: PartialPath): PathHop[] {
  const hops: PathHop[] = [];
  const { curies } = view.adjacency;
  for (let step: PartialPath = path; step.previous !== undefined; step = step.previous) {
    const { entity, previous, belief } = step;
    const types = view.links(previous.entity).find(({ target }) => target === entity)?.types ?? [];
    hops.unshift({ from: curies[previous.entity] ?? "", to: curies[entity] ?? "", belief, types });
  }
  return hops;
}
