/**
 * The two ends of a path search with the hop that leads away from each: what a path of two to four hops is joined from. A
 * neighbour of an end weighs its hop's belief, damped by its own degree, as it lies on the way.
 */
import { required } from "../../core/required.js";
import type { GraphView, LinkRoom } from "../adjacency/graph-view.js";
import { dampedDegrees } from "../walks/damped-degrees.js";
import type { SearchBudget } from "../walks/search-budget.js";

/** One end and its neighbours. */
export interface PathEnd {
  readonly entity: number;
  /** By entity: belief of the hop × the neighbour's damped degree; 0 for what is no neighbour. */
  readonly near: Float64Array;
  readonly neighbours: readonly number[];
  /** Edges to read for all of its neighbours. */
  readonly cost: number;
}

/** What does not change in the course of a search. */
export interface PathSearch {
  readonly view: GraphView;
  readonly budget: SearchBudget;
  readonly start: PathEnd;
  readonly goal: PathEnd;
  readonly damped: Float64Array;
  /** Whether an entity may lie on the way. */
  readonly passes: (entity: number) => boolean;
  /** Two rooms, for an entity's links and, while they are looked at, another's. */
  readonly rooms: readonly [LinkRoom, LinkRoom];
}

/** Reads the neighbours of both ends. */
export function pathSearch(
  view: GraphView,
  budget: SearchBudget,
  ends: readonly [number, number],
  passes: (entity: number) => boolean,
): PathSearch {
  const rooms = [view.room(), view.room()] as const;
  const damped = dampedDegrees(view).all;
  const [start, goal] = ends;
  return {
    view,
    budget,
    damped,
    passes,
    rooms,
    start: pathEnd(view, start, (entity) => entity !== goal && passes(entity), damped, rooms[0]),
    goal: pathEnd(view, goal, (entity) => entity !== start && passes(entity), damped, rooms[0]),
  };
}

function pathEnd(
  view: GraphView,
  entity: number,
  passes: (entity: number) => boolean,
  damped: Float64Array,
  room: LinkRoom,
): PathEnd {
  const near = new Float64Array(view.size);
  const neighbours: number[] = [];
  let cost = 0;
  const count = view.neighbours(entity, room, true);
  for (let i = 0; i < count; i++) {
    const neighbour = required(room.targets[i], "a link's target");
    if (!passes(neighbour)) continue;
    near[neighbour] =
      required(room.beliefs[i], "a link's belief") * required(damped[neighbour], "an entity's damping");
    neighbours.push(neighbour);
    cost += view.stored(neighbour);
  }
  return { entity, near, neighbours, cost };
}
