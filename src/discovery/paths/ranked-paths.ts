/**
 * Simple paths between two entities, best first. A path scores the product of its hops' beliefs, damped by
 * degree^-0.4 at each entity on the way, so that hubs do not connect everything. Best-first search: extending a
 * path never raises its score, so paths come out in their final order. Source of the damping: Himmelstein 2017 (DWPC).
 */
import type { RelationType } from "../../core/relation-types.js";
import type { Adjacency } from "../adjacency/adjacency.js";
import { GraphView, type LinkFilter } from "../adjacency/graph-view.js";
import { PriorityQueue } from "./priority-queue.js";

/** What is asked, and how far to look. */
interface PathOptions extends LinkFilter {
  /** 1–4. */
  readonly maxHops: number;
  /** How many paths to give. */
  readonly first: number;
  /** How many partial paths to extend before giving up on an exact answer. */
  readonly maxExamined?: number | undefined;
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
  /** Partial paths extended. */
  readonly examined: number;
  /** Why the answer is not exact; undefined where it is. */
  readonly truncated?: string;
}

const DAMPING = 0.4;
const MAX_EXAMINED = 200_000;

/** A path under way; `previous` leads back to the start. */
interface PartialPath {
  readonly entity: number;
  readonly length: number;
  readonly score: number;
  readonly hop?: PathHop;
  readonly previous?: PartialPath;
}

/** The best simple paths; none where an end has no relations or both ends are the same. */
export function rankedPaths(
  adjacency: Adjacency,
  from: string,
  to: string,
  options: PathOptions,
): RankedPaths {
  const start = adjacency.indexOf(from);
  const goal = adjacency.indexOf(to);
  if (start === undefined || goal === undefined || start === goal) return { paths: [], examined: 0 };
  const view = new GraphView(adjacency, options);
  const distances = hopsToGoal(view, goal, options.maxHops);
  const queue = new PriorityQueue<PartialPath>((path) => path.score);
  queue.push({ entity: start, length: 0, score: 1 });
  const paths: RankedPath[] = [];
  let examined = 0;
  for (let path = queue.pop(); path !== undefined && paths.length < options.first; path = queue.pop()) {
    if (path.entity === goal) {
      paths.push({ hops: hopsOf(path), score: path.score });
      continue;
    }
    if (examined++ >= (options.maxExamined ?? MAX_EXAMINED)) {
      return { paths, examined, truncated: `stopped after ${examined - 1} partial paths` };
    }
    extend(view, path, goal, distances, options, queue);
  }
  return { paths, examined };
}

function extend(
  view: GraphView,
  path: PartialPath,
  goal: number,
  distances: ReadonlyMap<number, number>,
  options: PathOptions,
  queue: PriorityQueue<PartialPath>,
): void {
  for (const link of view.links(path.entity)) {
    const distance = distances.get(link.target);
    if (distance === undefined || path.length + 1 + distance > options.maxHops) continue;
    if (visits(path, link.target)) continue;
    const damping = link.target === goal ? 1 : Math.max(1, view.degrees[link.target] ?? 0) ** -DAMPING;
    queue.push({
      entity: link.target,
      length: path.length + 1,
      score: path.score * link.belief * damping,
      previous: path,
      hop: {
        from: view.adjacency.curies[path.entity] ?? "",
        to: view.adjacency.curies[link.target] ?? "",
        belief: link.belief,
        types: link.types,
      },
    });
  }
}

/** Hops to the goal, for every entity that can reach it in fewer hops than are allowed. */
function hopsToGoal(view: GraphView, goal: number, maxHops: number): Map<number, number> {
  const distances = new Map([[goal, 0]]);
  let frontier = [goal];
  for (let distance = 1; distance < maxHops; distance++) {
    const next: number[] = [];
    for (const entity of frontier) {
      for (const { target } of view.links(entity)) {
        if (distances.has(target)) continue;
        distances.set(target, distance);
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

function hopsOf(path: PartialPath): PathHop[] {
  const hops: PathHop[] = [];
  for (let step: PartialPath | undefined = path; step?.hop !== undefined; step = step.previous)
    hops.unshift(step.hop);
  return hops;
}
