/**
 * Sums over the paths of two and three hops from A to every candidate of what each path is believed: the product of its
 * hops' beliefs, damped by degree^-0.4 at every entity on the way, so that hubs do not connect everything. No path visits
 * an entity twice.
 */
import { required } from "../../core/required.js";
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
    const b = required(firsts.targets[i], "a link's target");
    if (!passes(b)) continue;
    if (!budget.take(view.stored(b))) break;
    const weight =
      required(firsts.beliefs[i], "a link's belief") * required(damped[b], "an entity's damping");
    near[b] = weight;
    const more = view.neighbours(b, seconds, true);
    for (let j = 0; j < more; j++) {
      const c = required(seconds.targets[j], "a link's target");
      if (c !== from)
        twoHops[c] =
          required(twoHops[c], "an entity's sum") + weight * required(seconds.beliefs[j], "a link's belief");
    }
  }
  const threeHops = new Float64Array(view.size);
  for (const c of candidates) {
    if (!budget.take(view.stored(c))) break;
    const back = view.neighbours(c, firsts, true);
    let sum = 0;
    for (let i = 0; i < back; i++) {
      const b = required(firsts.targets[i], "a link's target");
      const reached = required(twoHops[b], "an entity's sum");
      if (reached === 0 || b === from || !passes(b)) continue;
      const belief = required(firsts.beliefs[i], "a link's belief");
      // subtle: of the paths to b, the one by way of the candidate itself would visit it twice.
      sum +=
        (reached - required(near[c], "a neighbour's weight") * belief) *
        required(damped[b], "an entity's damping") *
        belief;
    }
    threeHops[c] = sum;
  }
  return { twoHops, threeHops };
}
