/**
 * Rooted PageRank by pushing: probability moves along an entity's links only while enough of it waits there, so the work does
 * not grow with the graph. Source: Andersen, Chung and Lang 2006.
 */
import type { GraphView } from "../adjacency/graph-view.js";
import type { SearchBudget } from "./search-budget.js";

/** Probability of starting over at each step. */
const RESTART = 0.15;
/** Waiting probability a link below which nothing is pushed: the error at an entity is below this × its degree. */
const TOLERANCE = 1e-6;

/** Probabilities by entity, each too low by at most the tolerance × its degree. */
export function pushedPageRank(
  view: GraphView,
  from: number,
  budget: SearchBudget,
  tolerance = TOLERANCE,
): Float64Array {
  const degrees = view.degrees;
  const settled = new Float64Array(view.size);
  const waiting = new Float64Array(view.size);
  const queued = new Uint8Array(view.size);
  const room = view.room();
  let queue = [from];
  waiting[from] = 1;
  while (queue.length > 0) {
    const next: number[] = [];
    for (const entity of queue) {
      queued[entity] = 0;
      const mass = waiting[entity] ?? 0;
      const degree = degrees[entity] ?? 0;
      if (degree === 0) {
        settled[entity] = (settled[entity] ?? 0) + mass;
        waiting[entity] = 0;
        continue;
      }
      if (!budget.take(view.stored(entity))) return settled;
      settled[entity] = (settled[entity] ?? 0) + RESTART * mass;
      waiting[entity] = 0;
      const share = ((1 - RESTART) * mass) / degree;
      const links = view.neighbours(entity, room);
      for (let i = 0; i < links; i++) {
        const target = room.targets[i] ?? 0;
        const now = (waiting[target] ?? 0) + share;
        waiting[target] = now;
        if (queued[target] === 0 && now >= tolerance * (degrees[target] ?? 1)) {
          queued[target] = 1;
          next.push(target);
        }
      }
    }
    queue = next;
  }
  return settled;
}
