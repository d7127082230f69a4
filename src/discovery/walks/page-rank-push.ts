/**
 * Rooted PageRank by pushing: probability moves along an entity's links only while enough of it waits there, so the work does
 * not grow with the graph. Source: Andersen, Chung and Lang 2006.
 */
import { required } from "../../core/required.js";
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
      const mass = required(waiting[entity], "an entity's sum");
      const degree = required(degrees[entity], "an entity's degree");
      if (degree === 0) {
        settled[entity] = required(settled[entity], "an entity's sum") + mass;
        waiting[entity] = 0;
        continue;
      }
      if (!budget.take(view.stored(entity))) return settled;
      settled[entity] = required(settled[entity], "an entity's sum") + RESTART * mass;
      waiting[entity] = 0;
      const share = ((1 - RESTART) * mass) / degree;
      const links = view.neighbours(entity, room);
      for (let i = 0; i < links; i++) {
        const target = required(room.targets[i], "a link's target");
        const now = required(waiting[target], "an entity's sum") + share;
        waiting[target] = now;
        if (queued[target] === 0 && now >= tolerance * required(degrees[target], "an entity's degree")) {
          queued[target] = 1;
          next.push(target);
        }
      }
    }
    queue = next;
  }
  return settled;
}
