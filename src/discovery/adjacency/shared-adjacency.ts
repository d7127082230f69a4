/**
 * An adjacency as it goes from one thread to another: its arrays and names over shared memory, so that nothing is copied however
 * large it is.
 */
import type { Adjacency, AdjacencyArrays, AdjacencyFacts } from "./adjacency.js";
import { storedArrays, toAdjacency } from "./compress.js";
import { EntityNames, type SharedNames } from "./entity-names.js";

/** What is posted. */
export interface SharedAdjacency {
  readonly arrays: AdjacencyArrays;
  readonly facts: Omit<AdjacencyFacts, "names">;
  readonly names: SharedNames;
}

/** The adjacency for another thread. */
export function sharedAdjacency(adjacency: Adjacency): SharedAdjacency {
  const { relations, edgesUsed, papersUsed, names } = adjacency;
  const facts = { relations, edgesUsed, papersUsed };
  return { arrays: storedArrays(adjacency), facts, names: names.shared };
}

/** The adjacency of another thread; where it follows from one that is known here, its names are not read again. */
export function adjacencyFrom({ arrays, facts, names }: SharedAdjacency, previous?: Adjacency): Adjacency {
  const known = previous === undefined ? new EntityNames(names) : previous.names.successor(names);
  return toAdjacency(arrays, { ...facts, names: known });
}
