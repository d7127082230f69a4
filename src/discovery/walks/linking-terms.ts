/**
 * The linking terms between A and every entity, in one pass over the links of A's neighbours: their number, the sum of the
 * weaker beliefs, and Adamic and Adar's sum. What the A–B–C rankers are computed from.
 */
import type { GraphView } from "../adjacency/graph-view.js";
import type { SearchBudget } from "./search-budget.js";

/** Sums over the linking terms, by entity; 0 where there are none. */
export interface LinkingTable {
  readonly counts: Uint32Array;
  readonly minimumWeights: Float64Array;
  readonly adamicAdar: Float64Array;
  /** Entities that have linking terms with A, A itself and its neighbours among them. */
  readonly reached: readonly number[];
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
  const reached: number[] = [];
  const [near, far] = [view.room(), view.room()];
  const terms = view.neighbours(from, near, true);
  for (let i = 0; i < terms; i++) {
    const term = near.targets[i] ?? 0;
    const belief = near.beliefs[i] ?? 0;
    if (!passes(term)) continue;
    if (!budget.take(view.stored(term))) break;
    // A term between two entities has two neighbours at least, so the logarithm is above 0.
    const rarity = 1 / Math.log(view.degrees[term] ?? 0);
    const links = view.neighbours(term, far, true);
    for (let j = 0; j < links; j++) {
      const target = far.targets[j] ?? 0;
      if (target === from) continue;
      if (counts[target] === 0) reached.push(target);
      counts[target] = (counts[target] ?? 0) + 1;
      minimumWeights[target] = (minimumWeights[target] ?? 0) + Math.min(belief, far.beliefs[j] ?? 0);
      adamicAdar[target] = (adamicAdar[target] ?? 0) + rarity;
    }
  }
  return { counts, minimumWeights, adamicAdar, reached };
}
