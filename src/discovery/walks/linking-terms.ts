/**
 * The linking terms between A and every entity, in one pass over the links of A's neighbours: their number, the sum of the
 * weaker beliefs, and Adamic and Adar's sum. What the A–B–C rankers are computed from.
 */
import { required } from "../../core/required.js";
import type { GraphView } from "../adjacency/graph-view.js";
import type { SearchBudget } from "./search-budget.js";

/** Sums over the linking terms, by entity; 0 where there are none. */
export interface LinkingTable {
  readonly counts: Uint32Array;
  readonly minimumWeights: Float64Array;
  readonly adamicAdar: Float64Array;
}

/** Counts the linking terms that `passes` lets through. */
export function linkingTable(
  view: GraphView,
  from: number,
  passes: (entity: number) => boolean,
  budget: SearchBudget,
): LinkingTable {
  const counts = new Uint32Array(view.size);
  const minimumWeights = new Float64Array(view.size);
  const adamicAdar = new Float64Array(view.size);
  const { degrees } = view;
  const [near, far] = [view.room(), view.room()];
  const terms = view.neighbours(from, near, true);
  for (let i = 0; i < terms; i++) {
    const term = required(near.targets[i], "a link's target");
    const belief = required(near.beliefs[i], "a link's belief");
    if (!passes(term)) continue;
    if (!budget.take(view.stored(term))) break;
    // A term between two entities has two neighbours at least, so the logarithm is above 0.
    const rarity = 1 / Math.log(required(degrees[term], "an entity's degree"));
    const links = view.neighbours(term, far, true);
    for (let j = 0; j < links; j++) {
      const target = required(far.targets[j], "a link's target");
      if (target === from) continue;
      counts[target] = required(counts[target], "a count") + 1;
      minimumWeights[target] =
        required(minimumWeights[target], "an entity's sum") +
        Math.min(belief, required(far.beliefs[j], "a link's belief"));
      adamicAdar[target] = required(adamicAdar[target], "an entity's sum") + rarity;
    }
  }
  return { counts, minimumWeights, adamicAdar };
}
