/**
 * The entities that a question names, as the adjacency numbers them.
 */
import type { Adjacency } from "./adjacency.js";

/** The two ends of a question; undefined where one has no relations, or both are the same: nothing lies between. */
export function searchEnds(
  adjacency: Adjacency,
  from: string,
  to: string,
): readonly [number, number] | undefined {
  const [start, goal] = [adjacency.indexOf(from), adjacency.indexOf(to)];
  return start === undefined || goal === undefined || start === goal ? undefined : [start, goal];
}

/** Those of the entities that have relations. */
export function entitySet(adjacency: Adjacency, curies: readonly string[] = []): ReadonlySet<number> {
  return new Set(curies.flatMap((curie) => adjacency.indexOf(curie) ?? []));
}
