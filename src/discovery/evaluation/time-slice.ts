/**
 * A time slice: the graph as it was known at the end of one year, and what became known in the years after. Nothing of the
 * later years is seen by a ranker; a random split would show it half of every discovery, so there is none.
 */
import { BioWeftError } from "../../core/errors.js";
import { seededRandom } from "../../core/random.js";
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { Adjacency } from "../adjacency/adjacency.js";
import { GraphView } from "../adjacency/graph-view.js";

/** Which pairs are asked about, and of which years. */
export interface SliceOptions {
  /** The last year that rankers may see. */
  readonly cutoff: number;
  /** The last year whose new pairs are gold. */
  readonly until: number;
  readonly fromType: EntityType;
  readonly targetType: EntityType;
  /** How many queries to draw; all where there are no more. */
  readonly queries: number;
  readonly seed: number;
  /** Neighbours that an entity must have had to be asked about; 2 unless told. */
  readonly minDegree?: number;
}

/** One entity with what it turned out to be related to. */
export interface SliceQuery {
  readonly from: number;
  /** Entities of the target type that were known, and not as related to it, by the cutoff. */
  readonly gold: readonly number[];
}

/** A slice with its queries in the order of drawing. */
export interface TimeSlice {
  readonly options: SliceOptions;
  /** As of the cutoff: all that rankers see. */
  readonly view: GraphView;
  /** As of the end: where the gold is from. */
  readonly later: GraphView;
  readonly queries: readonly SliceQuery[];
  /** Entities that could have been drawn. */
  readonly eligible: number;
}

/** Cuts the slice. Throws CONFIG for years in the wrong order. */
export function timeSlice(adjacency: Adjacency, options: SliceOptions): TimeSlice {
  const { cutoff, until, fromType, minDegree = 2 } = options;
  if (until <= cutoff) {
    const reason = `gold until ${until} is not after the cutoff ${cutoff}; give a later year, as only new pairs are gold`;
    throw new BioWeftError("CONFIG", reason);
  }
  const view = new GraphView(adjacency, { asOf: cutoff });
  const later = new GraphView(adjacency, { asOf: until });
  const fromCode = ENTITY_TYPES.indexOf(fromType);
  const eligible: SliceQuery[] = [];
  // In the order of CURIEs, so that the draw does not depend on how the graph came to be.
  for (const from of inCurieOrder(adjacency)) {
    if (
      adjacency.entityTypes[from] !== fromCode ||
      required(view.degrees[from], "an entity's degree") < minDegree
    )
      continue;
    const gold = newTargets(view, later, from, options.targetType);
    if (gold.length > 0) eligible.push({ from, gold });
  }
  const queries = seededRandom(options.seed).shuffle(eligible).slice(0, options.queries);
  return { options, view, later, queries, eligible: eligible.length };
}

function newTargets(view: GraphView, later: GraphView, from: number, targetType: EntityType): number[] {
  const code = ENTITY_TYPES.indexOf(targetType);
  const known = new Set(view.links(from).map(({ target }) => target));
  const room = later.room();
  const count = later.neighbours(from, room);
  return [...room.targets.subarray(0, count)].filter(
    (target) =>
      !known.has(target) &&
      later.adjacency.entityTypes[target] === code &&
      required(view.degrees[target], "an entity's degree") > 0,
  );
}

function inCurieOrder({ size, curieRanks }: Adjacency): Uint32Array {
  const order = new Uint32Array(size);
  for (let entity = 0; entity < size; entity++)
    order[required(curieRanks[entity], "an entity's place among the CURIEs")] = entity;
  return order;
}
