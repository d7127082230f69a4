/**
 * All paths of two and three hops, shown to the best: those of three from the end that has less to read, each neighbour's links
 * against the other end's neighbours.
 */
import { required } from "../../core/required.js";
import type { BestPaths } from "./best-paths.js";
import type { PathSearch } from "./path-ends.js";

/** A–B–C for every B that both ends know. */
export function twoHopPaths({ start, goal, damped }: PathSearch, best: BestPaths): void {
  const [fewer, more] = start.neighbours.length <= goal.neighbours.length ? [start, goal] : [goal, start];
  for (const b of fewer.neighbours) {
    if (required(more.near[b], "a neighbour's weight") === 0) continue;
    // subtle: multiplied from the start on, whichever end is read, so that a path scores the same to the last bit.
    const score =
      (required(start.near[b], "a neighbour's weight") * required(goal.near[b], "a neighbour's weight")) /
      required(damped[b], "an entity's damping");
    if (score >= best.threshold) best.add({ entities: [start.entity, b, goal.entity], score });
  }
}

/** A–B–B′–C; false where the budget did not suffice. */
export function threeHopPaths(
  { view, budget, start, goal, rooms: [room] }: PathSearch,
  best: BestPaths,
): boolean {
  const isReversed = goal.cost < start.cost;
  const [from, to] = isReversed ? [goal, start] : [start, goal];
  for (const b of from.neighbours) {
    if (!budget.take(view.stored(b))) return false;
    const count = view.neighbours(b, room, true);
    for (let i = 0; i < count; i++) {
      const c = required(room.targets[i], "a link's target");
      if (required(to.near[c], "a neighbour's weight") === 0) continue;
      const [one, other] = isReversed ? [c, b] : [b, c];
      const belief = required(room.beliefs[i], "a link's belief");
      const score =
        required(start.near[one], "a neighbour's weight") *
        belief *
        required(goal.near[other], "a neighbour's weight");
      if (score < best.threshold) continue;
      best.add({ entities: [start.entity, one, other, goal.entity], score });
    }
  }
  return true;
}
