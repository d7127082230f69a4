/**
 * Degree-weighted path counts (DWPC) from A to every candidate along all metapaths of two and three hops. A path's weight is
 * the product, over its hops, of (degree at either end along that kind of hop)^-0.4; no path visits an entity twice. A kind
 * of hop is told by the roles at its ends (gene, disease, chemical). Source: Himmelstein and Baranzini 2015; Hetionet 2017.
 */
import { required } from "../../core/required.js";
import { ROLES } from "../adjacency/adjacency.js";
import type { GraphView, LinkRoom } from "../adjacency/graph-view.js";
import { dampedDegrees } from "./damped-degrees.js";
import type { SearchBudget } from "./search-budget.js";

const ROLE_COUNT = ROLES.length;

/** Intermediate roles of every metapath: 3 of two hops, then 9 of three. */
export const METAPATHS: readonly (readonly number[])[] = [
  ...ROLES.map((_, role) => [role]),
  ...ROLES.flatMap((_, first) => ROLES.map((__, second) => [first, second])),
];

/** A metapath's name by the initials of its roles: `D-G-D-G`. */
export function metapathName(from: number, between: readonly number[], to: number): string {
  return [from, ...between, to].map((role) => ROLES[role]?.charAt(0) ?? "?").join("-");
}

/** DWPC by metapath (rows of METAPATHS) of the candidates of one role. */
export interface MetapathCounts {
  /** Value of a metapath for an entity; 0 for an entity that is no candidate. */
  at(metapath: number, entity: number): number;
}

/** What a count needs to know. */
interface MetapathQuestion {
  readonly view: GraphView;
  readonly from: number;
  /** The entities to count the paths to. */
  readonly candidates: readonly number[];
  readonly passes: (entity: number) => boolean;
  readonly budget: SearchBudget;
}

/** Counts the paths to all candidates: forward from A by two hops, then from each candidate one hop back. */
export function countMetapaths(question: MetapathQuestion): MetapathCounts {
  const { view, from, candidates, budget } = question;
  const damping = dampedDegrees(view).byRole;
  const near = new Float64Array(view.size);
  const twoHops = forward(question, damping, near);
  const width = METAPATHS.length;
  const rows = new Float64Array(width * candidates.length);
  const rowOf = new Int32Array(view.size).fill(-1);
  const room = view.room();
  for (const [row, entity] of candidates.entries()) {
    rowOf[entity] = row;
    const values = rows.subarray(row * width, (row + 1) * width);
    for (let role = 0; role < ROLE_COUNT; role++)
      values[role] = required(twoHops[entity * ROLE_COUNT + role], "an entity's sum");
    if (entity !== from && budget.take(view.stored(entity))) {
      back(question, { entity, damping, near, twoHops, values, room });
    }
  }
  return {
    at: (metapath, entity) => {
      const row = rowOf[entity] ?? -1;
      return row < 0 ? 0 : required(rows[row * width + metapath], "an entity's sum");
    },
  };
}

/** Weights of the paths of two hops to every entity by the role on the way; `near` takes those of one hop. */
function forward(
  { view, from, passes, budget }: MetapathQuestion,
  damping: Float64Array,
  near: Float64Array,
): Float64Array {
  const twoHops = new Float64Array(view.size * ROLE_COUNT);
  const [firsts, seconds] = [view.room(), view.room()];
  const role = view.role(from);
  const links = view.neighbours(from, firsts);
  for (let i = 0; i < links; i++) {
    const b = required(firsts.targets[i], "a link's target");
    const roleB = view.role(b);
    const weight =
      required(damping[from * ROLE_COUNT + roleB], "an entity's damping") *
      required(damping[b * ROLE_COUNT + role], "an entity's damping");
    near[b] = weight;
    if (!passes(b)) continue;
    if (!budget.take(view.stored(b))) break;
    const more = view.neighbours(b, seconds);
    for (let j = 0; j < more; j++) {
      const c = required(seconds.targets[j], "a link's target");
      if (c === from) continue;
      const at = c * ROLE_COUNT + roleB;
      const hop =
        required(damping[b * ROLE_COUNT + view.role(c)], "an entity's damping") *
        required(damping[at], "an entity's damping");
      twoHops[at] = required(twoHops[at], "an entity's sum") + weight * hop;
    }
  }
  return twoHops;
}

interface LastHop {
  readonly entity: number;
  readonly damping: Float64Array;
  readonly near: Float64Array;
  readonly twoHops: Float64Array;
  readonly values: Float64Array;
  readonly room: LinkRoom;
}

/** Adds the three-hop metapaths of one candidate. */
function back({ view, from, passes }: MetapathQuestion, hop: LastHop): void {
  const { entity, damping, near, twoHops, values, room } = hop;
  const role = view.role(entity);
  const links = view.neighbours(entity, room);
  for (let i = 0; i < links; i++) {
    const b = required(room.targets[i], "a link's target");
    const at = b * ROLE_COUNT;
    // Most of a graph is further than two hops away.
    if (twoHops[at] === 0 && twoHops[at + 1] === 0 && twoHops[at + 2] === 0) continue;
    if (b === from || !passes(b)) continue;
    const roleB = view.role(b);
    const last =
      required(damping[b * ROLE_COUNT + role], "an entity's damping") *
      required(damping[entity * ROLE_COUNT + roleB], "an entity's damping");
    for (let first = 0; first < ROLE_COUNT; first++) {
      let weight = required(twoHops[b * ROLE_COUNT + first], "an entity's sum");
      // subtle: of the paths to b, the one by way of the candidate itself would visit it twice.
      if (first === role && passes(entity)) weight -= required(near[entity], "a neighbour's weight") * last;
      const metapath = ROLE_COUNT + first * ROLE_COUNT + roleB;
      values[metapath] = required(values[metapath], "an entity's sum") + weight * last;
    }
  }
}
