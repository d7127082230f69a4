/**
 * Which kinds of way lead from A to C: every metapath of two and three hops with how many paths it has and their
 * degree-weighted count, for one pair. The same sums as `metapath-counts.ts` makes for all candidates, begun at the end that
 * has less to read. No path visits an entity twice. Source: Himmelstein and Baranzini 2015.
 */
import { required } from "../../core/required.js";
import { ROLES } from "../adjacency/adjacency.js";
import type { GraphView } from "../adjacency/graph-view.js";
import { dampedDegrees } from "./damped-degrees.js";
import { METAPATHS, metapathName } from "./metapath-counts.js";
import type { SearchBudget } from "./search-budget.js";

const ROLE_COUNT = ROLES.length;

/** One kind of way between two entities. */
export interface PairMetapath {
  /** By the initials of the roles: `C-G-D`. */
  readonly name: string;
  readonly hops: number;
  readonly paths: number;
  readonly dwpc: number;
}

/** What is asked. */
interface PairQuestion {
  readonly view: GraphView;
  readonly from: number;
  readonly to: number;
  /** Whether an entity may lie on the way. */
  readonly passes: (entity: number) => boolean;
  readonly budget: SearchBudget;
}

/** The metapaths that have a path, the greatest weighted count first. */
export function pairMetapaths(question: PairQuestion): PairMetapath[] {
  const { view, from, to } = question;
  const sums = { paths: new Float64Array(METAPATHS.length), dwpc: new Float64Array(METAPATHS.length) };
  if (costOf(question, from) <= costOf(question, to)) walk(question, false, sums);
  else walk({ ...question, from: to, to: from }, true, sums);
  const found = METAPATHS.map((between, metapath) => ({
    name: metapathName(view.role(from), between, view.role(to)),
    hops: between.length + 1,
    paths: required(sums.paths[metapath], "an entity's sum"),
    dwpc: required(sums.dwpc[metapath], "an entity's sum"),
  }));
  return found.filter(({ paths }) => paths > 0).sort((a, b) => b.dwpc - a.dwpc);
}

/** Edges to read when the walk begins at this end. */
function costOf({ view }: PairQuestion, end: number): number {
  const room = view.room();
  const links = view.neighbours(end, room);
  let cost = 0;
  for (let i = 0; i < links; i++) cost += view.stored(required(room.targets[i], "a link's target"));
  return cost;
}

/** The place of a metapath among METAPATHS, given the roles on the way. */
function threeHops(first: number, second: number): number {
  return ROLE_COUNT + first * ROLE_COUNT + second;
}

/** Goes from one end two hops out and sees there who is the other's neighbour. */
function walk(
  { view, from, to, passes, budget }: PairQuestion,
  isReversed: boolean,
  sums: { readonly paths: Float64Array; readonly dwpc: Float64Array },
): void {
  const damping = dampedDegrees(view).byRole;
  const hop = (one: number, other: number) =>
    required(damping[one * ROLE_COUNT + view.role(other)], "an entity's damping") *
    required(damping[other * ROLE_COUNT + view.role(one)], "an entity's damping");
  const add = (metapath: number, weight: number) => {
    sums.paths[metapath] = required(sums.paths[metapath], "an entity's sum") + 1;
    sums.dwpc[metapath] = required(sums.dwpc[metapath], "an entity's sum") + weight;
  };
  const lastHop = new Float64Array(view.size);
  const [firsts, seconds] = [view.room(), view.room()];
  const ends = view.neighbours(to, firsts);
  for (let i = 0; i < ends; i++) {
    const entity = required(firsts.targets[i], "a link's target");
    if (entity !== from && passes(entity)) lastHop[entity] = hop(entity, to);
  }
  const links = view.neighbours(from, firsts);
  for (let i = 0; i < links; i++) {
    const b = required(firsts.targets[i], "a link's target");
    if (b === to || !passes(b)) continue;
    if (!budget.take(view.stored(b))) return;
    const first = hop(from, b);
    const last = required(lastHop[b], "an entity's sum");
    const roleB = view.role(b);
    if (last > 0) add(roleB, first * last);
    const more = view.neighbours(b, seconds);
    for (let j = 0; j < more; j++) {
      const c = required(seconds.targets[j], "a link's target");
      const end = required(lastHop[c], "an entity's sum");
      if (end === 0) continue;
      const roleC = view.role(c);
      add(isReversed ? threeHops(roleC, roleB) : threeHops(roleB, roleC), first * hop(b, c) * end);
    }
  }
}
