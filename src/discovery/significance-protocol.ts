/** What the asking thread and the one that permutes graphs say to each other. */
import type { SharedAdjacency } from "./adjacency/shared-adjacency.js";
import type { ThreadFault } from "./thread-fault.js";

/** A graph and the file of its permutations. */
interface PermutedGraph {
  /** The graph and its version. */
  readonly graph: string;
  readonly shared: SharedAdjacency;
  readonly file: string;
}

/** What is asked for. */
export type SignificanceTask =
  | (PermutedGraph & { readonly kind: "make"; readonly permutations: number })
  | (PermutedGraph & {
      readonly kind: "values";
      readonly from: string;
      readonly to: string;
      /** Milliseconds since the epoch. */
      readonly deadline: number;
    });

/** What comes back. */
export interface SignificanceFound {
  /** By metapath name; undefined where time did not suffice. */
  readonly values?: ReadonlyMap<string, number> | undefined;
  readonly fault?: ThreadFault;
}
