/**
 * Degrees to the power of -0.4, by which path counts damp hubs: counted once a view, as a power costs more than a path does.
 * Source of the exponent: Himmelstein and Baranzini 2015.
 */
import { ROLES } from "../adjacency/adjacency.js";
import type { GraphView } from "../adjacency/graph-view.js";

const DAMPING = 0.4;

/** Damped degrees of every entity; 0 for one without neighbours. */
interface DampedDegrees {
  readonly all: Float64Array;
  /** By entity × role of the neighbour, interleaved. */
  readonly byRole: Float64Array;
}

const KNOWN = new WeakMap<GraphView, DampedDegrees>();

/** The damped degrees of a view. */
export function dampedDegrees(view: GraphView): DampedDegrees {
  const known = KNOWN.get(view);
  if (known !== undefined) return known;
  const byRole = new Float64Array(view.size * ROLES.length);
  for (let role = 0; role < ROLES.length; role++) {
    const degrees = view.degreesByRole(role);
    for (let entity = 0; entity < view.size; entity++)
      byRole[entity * ROLES.length + role] = damped(degrees[entity]);
  }
  const degrees = { all: Float64Array.from(view.degrees, damped), byRole };
  KNOWN.set(view, degrees);
  return degrees;
}

function damped(degree: number | undefined): number {
  return degree === undefined || degree === 0 ? 0 : degree ** -DAMPING;
}
