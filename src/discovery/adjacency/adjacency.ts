/**
 * The graph as discovery sees it: a compressed adjacency in typed arrays over shared memory, each undirected relation
 * stored at both of its ends, with the years, weights and sources of the papers behind it. One structure answers every year
 * and every choice of sources. Knows no database and holds no text but CURIEs. Size: 23 bytes a direction and 11 a paper. Source: CSR matrices.
 */
import type { SourceKind } from "../../core/evidence.js";
import {
  ENTITY_TYPES,
  type EntityType,
  type PairEntityType,
  pairEntityType,
  type RelationType,
} from "../../core/relation-types.js";
import type { EntityNames } from "./entity-names.js";

/** What one paper contributes to a relation's belief. */
export interface PaperWeight {
  /** Undefined where the paper has none: as of a year, nothing shows that it was there. */
  readonly year?: number;
  /** Probability × reliability of the source of the paper's best row, 0–1. */
  readonly weight: number;
  /** Who says so; where absent, nobody asks for it by source. */
  readonly source?: SourceKind;
  /**
   * Other kinds of source that say the same of the same paper, more strongly: this one then counts only where none of them
   * is asked for.
   */
  readonly strongerSources?: readonly SourceKind[];
}

/** One relation as it is streamed in. Those without belief are the source's to leave out. */
export interface AdjacencyRow {
  readonly subject: string;
  readonly subjectType: EntityType;
  readonly object: string;
  readonly objectType: EntityType;
  readonly type: RelationType;
  /** 0–1. */
  readonly belief: number;
  /** Year of the first paper; undefined where no paper has a year. */
  readonly firstYear?: number;
  /** The papers that count; where absent, one paper of the first year that gives all of the belief. */
  readonly papers?: readonly PaperWeight[];
}

/** Where the rows come from; called once for each adjacency that is built. */
export type AdjacencySource = () => AsyncIterable<AdjacencyRow>;

/** The arrays of an adjacency, all over `SharedArrayBuffer`s, with room behind what is used for later rows. */
export interface AdjacencyArrays {
  /** Index into ENTITY_TYPES, by entity. */
  readonly entityTypes: Uint8Array;
  /** Entity i's edges stand from starts[i] to ends[i], ordered by target, then type. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly targets: Uint32Array;
  /** Index into RELATION_TYPES, by edge. */
  readonly relationTypes: Uint8Array;
  readonly beliefs: Float64Array;
  /** 0 where unknown. */
  readonly firstYears: Uint16Array;
  /** Edge e's papers stand from paperStarts[e], as many as paperCounts[e], by rising weight. */
  readonly paperStarts: Uint32Array;
  readonly paperCounts: Uint32Array;
  /** 0 where unknown. */
  readonly paperYears: Uint16Array;
  readonly paperWeights: Float64Array;
  /** See `sourceBits`. */
  readonly paperSources: Uint8Array;
  /** Place of each entity in the order of CURIEs: what breaks ties, so that answers don't depend on loading. */
  readonly curieRanks: Uint32Array;
}

/** What an adjacency is beside its arrays. */
export interface AdjacencyFacts {
  readonly names: EntityNames;
  /** Relations, each counted once. */
  readonly relations: number;
  /** How much of the edges' and of the papers' arrays is used. */
  readonly edgesUsed: number;
  readonly papersUsed: number;
}

/** Relations by entity. Entities are numbered in order of their CURIEs, those of later deltas after them. */
export interface Adjacency extends AdjacencyArrays, AdjacencyFacts {
  readonly size: number;
  readonly curies: readonly string[];
  /** The entity's number, or undefined for one without relations. */
  indexOf(curie: string): number | undefined;
}

/** The roles that entity types play in metapaths, by their number: a variant counts as a gene. */
export const ROLES: readonly PairEntityType[] = ["Chemical", "Disease", "Gene"];

/** Role's number by entity type's code. */
export const ROLE_OF_TYPE: Uint8Array = Uint8Array.from(ENTITY_TYPES, (type) =>
  Math.max(0, ROLES.indexOf(pairEntityType(type) ?? "Gene")),
);
