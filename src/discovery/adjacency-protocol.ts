/** What the asking thread and the one that builds adjacencies say to each other. */
import type { AdjacencyRow } from "./adjacency/adjacency.js";
import type { RelationColumns } from "./adjacency/row-columns.js";
import type { SharedAdjacency } from "./adjacency/shared-adjacency.js";
import type { ThreadFault } from "./thread-fault.js";

/** What is asked for. */
export type AdjacencyTask =
  | { readonly kind: "compress"; readonly columns: RelationColumns }
  | { readonly kind: "load"; readonly file: string }
  | { readonly kind: "delta"; readonly graph: SharedAdjacency; readonly rows: readonly AdjacencyRow[] };

/** What comes back. */
export interface AdjacencyMade {
  readonly made?: SharedAdjacency;
  /** The version of the graph that a file holds. */
  readonly graph?: string;
  readonly fault?: ThreadFault;
}
