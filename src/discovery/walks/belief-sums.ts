/**
 * Sums over the paths of two and three hops from A to every candidate of what each path is believed: the product of its
 * hops' beliefs, damped by degree^-0.4 at every entity on the way, so that hubs do not connect everything. No path visits
 * an entity twice.
 */
import type { GraphView } from "../adjacency/graph-view.js";
import { dampedDegrees } from "./damped-degrees.js";
import type { SearchBudget } from "./search-budget.js";

/** Sums by entity. */
export interface BeliefSums {
  readonly twoHops: Float64Array;
  /** Of the candidates only. */
  readonly threeHops: Float64Array;
}

/** What the sums need to know. */
interface BeliefQuestion {
  readonly view: GraphView;
  readonly from: number;
  readonly candidates: readonly number[];
  readonly passes: (entity: number) => boolean;
  readonly budget: SearchBudget;
}

/** Sums the paths: forward from A by two hops, then from each candidate one hop back. */
export function sumBeliefs({ view, from, candidates, passes, budget }: BeliefQuestion): BeliefSums {
  const damped = dampedDegrees(view).all;
  const near = new Float64Array(view.size);
  const twoHops = new Float64Array(view.size);
  const [firsts, seconds] = [view.room(), view.room()];
  const links = view.neighbours(from, firsts, true);
  for (let i = 0; i < links; i++) {
    const b = firsts.targets[i] ?? 0;
    if (!passes(b)) continue;
    if (!budget.take(view.stored(b))) break;
    const weight = (firsts.beliefs[i] ?? 0) * (damped[b] ?? 0);
    near[b] = weight;
    const more = view.neighbours(b, seconds, true);
    for (let j = 0; j < more; j++) {
      const c = seconds.targets[j] ?? 0;
      if (c !== from) twoHops[c] = (twoHops[c] ?? 0) + weight * (seconds.beliefs[j] ?? 0);
    }
  }
  const threeHops = new Float64Array(view.size);
  for (const c of candidates) {
    if (!budget.take(view.stored(c))) break;
    const back = view.neighbours(c, firsts, true);
    let sum = 0;
    for (let i = 0; i < back; i++) {
      const b = firsts.targets[i] ?? 0;
      const reached = twoHops[b] ?? 0;
      if (reached === 0 || b === from || !passes(b)) continue;
      const belief = firsts.beliefs[i] ?? 0;
      // subtle: of the paths to b, the one by way of the candidate itself would visit it twice.
      sum += (reached - (near[c] ?? 0) * belief) * (damped[b] ?? 0) * belief;
    }
    threeHops[c] = sum;
  }
  return { twoHops, threeHops };
}
