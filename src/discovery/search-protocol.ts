/** What the asking thread and the searching one say to each other. */
import type { ErrorCode } from "../core/errors.js";
import type { AdjacencyArrays } from "./adjacency/adjacency.js";
import type { OpenDiscovery, OpenDiscoveryOptions } from "./open-discovery.js";
import type { PathOptions, RankedPaths } from "./paths/ranked-paths.js";

/** A question; its limits come from who asks. */
export type SearchQuestion =
  | { readonly kind: "open"; readonly from: string; readonly options: Omit<OpenDiscoveryOptions, "limits"> }
  | {
      readonly kind: "paths";
      readonly from: string;
      readonly to: string;
      readonly options: Omit<PathOptions, "limits">;
    };

/** What the searching thread is told. */
export type SearchMessage =
  | {
      readonly kind: "graph";
      readonly arrays: AdjacencyArrays;
      readonly known: {
        readonly relations: number;
        readonly edgesUsed: number;
        readonly papersUsed: number;
        readonly curies: readonly string[];
        readonly curieRanks: Uint32Array;
      };
    }
  | {
      readonly kind: "ask";
      readonly question: SearchQuestion;
      /** Milliseconds since the epoch. */
      readonly deadline: number;
      /** Shared: 1 in its first place when nobody waits any more. */
      readonly cancelled: Int32Array;
    };

/** What it says back. */
export interface SearchAnswer {
  /** Set where no graph has been handed over. */
  readonly lacksGraph?: boolean;
  readonly found?: OpenDiscovery | RankedPaths;
  readonly fault?: { readonly code: ErrorCode; readonly reason: string };
}
