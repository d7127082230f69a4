/**
 * How often a kind of way would weigh as much by chance: the share of pairs of the same degrees, in graphs with permuted links,
 * whose degree-weighted path count is at least the one found. No assumption about its distribution. Source: Himmelstein et al.
 * 2023 (hetnet connectivity search), whose gamma-hurdle these counts replace.
 */
import { required } from "../../core/required.js";
import { type Adjacency, ROLES } from "../adjacency/adjacency.js";
import { GraphView } from "../adjacency/graph-view.js";
import { countMetapaths, METAPATHS, metapathName } from "../walks/metapath-counts.js";
import type { SearchBudget } from "../walks/search-budget.js";

/** Ends that stand for the one asked about in each permuted graph, itself among them. */
const MATCHED = 50;
/** How far the logarithms of their degrees may be from its own, by role together. */
const FURTHEST = 0.25;
/** Sums of the same paths in another order differ by less. */
const ROUNDING = 1e-9;

/** A pair in the real graph, and the permuted ones one after the other. */
interface PairPermutations {
  readonly adjacency: Adjacency;
  readonly from: number;
  readonly to: number;
  readonly permuted: AsyncIterable<Adjacency> | Iterable<Adjacency>;
  readonly budget: SearchBudget;
}

/**
 * P-values by metapath name, 1 / (n + 1) at the least, where n is the number of pairs that were compared; undefined where the
 * budget did not suffice.
 */
export async function metapathPValues({
  adjacency,
  from,
  to,
  permuted,
  budget,
}: PairPermutations): Promise<ReadonlyMap<string, number> | undefined> {
  const view = new GraphView(adjacency);
  const all = () => true;
  const found = countMetapaths({ view, from, candidates: [to], passes: all, budget });
  const candidates = matchedEnds(view, from, to);
  const asMuch = new Float64Array(METAPATHS.length);
  let compared = 0;
  for await (const other of permuted) {
    const counts = countMetapaths({ view: new GraphView(other), from, candidates, passes: all, budget });
    compared += candidates.length;
    for (let metapath = 0; metapath < METAPATHS.length; metapath++) {
      const least = found.at(metapath, to) * (1 - ROUNDING);
      for (const candidate of candidates)
        if (counts.at(metapath, candidate) >= least)
          asMuch[metapath] = required(asMuch[metapath], "a count") + 1;
    }
    if (budget.reason !== undefined) return undefined;
  }
  const name = (between: readonly number[]) => metapathName(view.role(from), between, view.role(to));
  return new Map(
    METAPATHS.map((between, metapath) => [
      name(between),
      (1 + required(asMuch[metapath], "a count")) / (compared + 1),
    ]),
  );
}

/** The end and those of its role whose degrees are the nearest to its own. */
function matchedEnds(view: GraphView, from: number, to: number): number[] {
  const degrees = ROLES.map((_, role) => view.degreesByRole(role));
  const log = (entity: number, role: number) =>
    Math.log1p(required(required(degrees[role], "a role's degrees")[entity], "a degree"));
  const own = ROLES.map((_, role) => log(to, role));
  const near: { entity: number; distance: number }[] = [];
  for (let entity = 0; entity < view.size; entity++) {
    if (entity === from || view.role(entity) !== view.role(to)) continue;
    const distance = own.reduce((sum, value, role) => sum + Math.abs(value - log(entity, role)), 0);
    if (distance <= FURTHEST) near.push({ entity, distance });
  }
  near.sort((a, b) => a.distance - b.distance || a.entity - b.entity);
  return near.slice(0, MATCHED).map(({ entity }) => entity);
}
