/**
 * Paths of four hops, met in the middle: the best way of two hops from each end to every entity bounds what goes through it, so
 * only the few middles that can still give one of the best paths are looked at, the most promising first.
 */
import { required } from "../../core/required.js";
import type { BestPaths } from "./best-paths.js";
import type { PathEnd, PathSearch } from "./path-ends.js";

/** A–B–X–B′–C; false where the budget did not suffice. */
export function fourHopPaths(search: PathSearch, best: BestPaths): boolean {
  const bounds = boundsOf(search, best.threshold);
  if (bounds === undefined) return false;
  for (let middle = bounds.pop(); middle !== undefined; middle = bounds.pop()) {
    if (middle.bound < best.threshold) return true;
    if (!search.budget.take(search.view.stored(middle.entity))) return false;
    throughMiddle(search, middle.entity, best);
  }
  return true;
}

/** Middles as a heap by what is the most that a path through them can score. */
class Middles {
  readonly #entities: number[];
  readonly #bounds: Float64Array;

  constructor(entities: number[], bounds: Float64Array) {
    this.#entities = entities;
    this.#bounds = bounds;
    for (let parent = (entities.length >> 1) - 1; parent >= 0; parent--) this.#sink(parent);
  }

  pop(): { readonly entity: number; readonly bound: number } | undefined {
    const entity = this.#entities[0];
    const last = this.#entities.pop();
    if (entity === undefined || last === undefined) return undefined;
    if (this.#entities.length > 0) {
      this.#entities[0] = last;
      this.#sink(0);
    }
    return { entity, bound: this.#boundAt(entity) };
  }

  #boundAt(entity: number): number {
    return required(this.#bounds[entity], "an entity's sum");
  }

  #sink(from: number): void {
    const heap = this.#entities;
    for (let parent = from; ; ) {
      let child = 2 * parent + 1;
      if (child >= heap.length) return;
      if (child + 1 < heap.length && this.#before(child + 1, child)) child++;
      if (!this.#before(child, parent)) return;
      const [one = 0, other = 0] = [heap[parent], heap[child]];
      heap[parent] = other;
      heap[child] = one;
      parent = child;
    }
  }

  #before(one: number, other: number): boolean {
    return (
      this.#boundAt(required(this.#entities[one], "a path's entity")) >
      this.#boundAt(required(this.#entities[other], "a path's entity"))
    );
  }
}

/** What can be reached from both ends in two hops each and may score enough; undefined where the budget did not suffice. */
function boundsOf(search: PathSearch, threshold: number): Middles | undefined {
  const { start, goal, damped, passes } = search;
  const forward = bestInTwoHops(search, start);
  const backward = forward === undefined ? undefined : bestInTwoHops(search, goal);
  if (forward === undefined || backward === undefined) return undefined;
  const entities: number[] = [];
  for (let entity = 0; entity < forward.length; entity++) {
    const bound =
      required(forward[entity], "an entity's sum") *
      required(damped[entity], "an entity's damping") *
      required(backward[entity], "an entity's sum");
    forward[entity] = bound;
    const isEnd = entity === start.entity || entity === goal.entity;
    if (bound > 0 && bound >= threshold && !isEnd && passes(entity)) entities.push(entity);
  }
  return new Middles(entities, forward);
}

function bestInTwoHops(
  { view, budget, rooms: [room] }: PathSearch,
  { near, neighbours }: PathEnd,
): Float64Array | undefined {
  const best = new Float64Array(view.size);
  for (const b of neighbours) {
    if (!budget.take(view.stored(b))) return undefined;
    const weight = required(near[b], "a neighbour's weight");
    const count = view.neighbours(b, room, true);
    for (let i = 0; i < count; i++) {
      const target = required(room.targets[i], "a link's target");
      const score = weight * required(room.beliefs[i], "a link's belief");
      if (score > required(best[target], "an entity's sum")) best[target] = score;
    }
  }
  return best;
}

interface Arm {
  readonly entity: number;
  readonly weight: number;
}

/** Joins every neighbour of both kinds that the middle has, as long as they can score enough. */
function throughMiddle(
  { view, start, goal, damped, rooms: [room] }: PathSearch,
  middle: number,
  best: BestPaths,
) {
  const [firsts, lasts]: [Arm[], Arm[]] = [[], []];
  const count = view.neighbours(middle, room, true);
  for (let i = 0; i < count; i++) {
    const entity = required(room.targets[i], "a link's target");
    const belief = required(room.beliefs[i], "a link's belief");
    const [first, last] = [
      required(start.near[entity], "a neighbour's weight"),
      required(goal.near[entity], "a neighbour's weight"),
    ];
    if (first > 0)
      firsts.push({ entity, weight: first * belief * required(damped[middle], "an entity's damping") });
    if (last > 0) lasts.push({ entity, weight: last * belief });
  }
  const falling = (one: Arm, other: Arm) => other.weight - one.weight;
  firsts.sort(falling);
  lasts.sort(falling);
  for (const first of firsts) {
    for (const last of lasts) {
      const score = first.weight * last.weight;
      if (score < best.threshold) break;
      if (first.entity === last.entity) continue;
      best.add({ entities: [start.entity, first.entity, middle, last.entity, goal.entity], score });
    }
  }
}
