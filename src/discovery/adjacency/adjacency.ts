/**
 * The graph as discovery sees it: a compressed adjacency in typed arrays, each undirected relation stored at
 * both of its ends. Built by streaming relations from whoever has them; knows no database and holds no text.
 * Size: 15 bytes a direction, so 11 million relations take about 330 MB. Source: the CSR form of sparse matrices.
 */
import {
  ENTITY_TYPES,
  type EntityType,
  RELATION_TYPES,
  type RelationType,
} from "../../core/relation-types.js";
import { relationTypeAt } from "./vocabulary.js";

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
}

/** Where the rows come from; called once for each adjacency that is built. */
export type AdjacencySource = () => AsyncIterable<AdjacencyRow>;

/** Relations by entity. Entities are numbered 0 to size − 1 in order of their CURIEs. */
export interface Adjacency {
  readonly size: number;
  /** Relations, each counted once. */
  readonly relations: number;
  readonly curies: readonly string[];
  /** Index into ENTITY_TYPES, by entity. */
  readonly entityTypes: Uint8Array;
  /** Entity i's edges stand from offsets[i] to offsets[i + 1], ordered by target, then type. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** Index into RELATION_TYPES, by edge. */
  readonly relationTypes: Uint8Array;
  readonly beliefs: Float64Array;
  /** 0 where unknown. */
  readonly firstYears: Uint16Array;
  /** The entity's number, or undefined for one without relations. */
  indexOf(curie: string): number | undefined;
}

/** One edge, unpacked. */
export interface AdjacencyEdge {
  readonly target: number;
  readonly type: RelationType;
  readonly belief: number;
  readonly firstYear: number;
}

/** Builds the adjacency from a stream of relations. */
export async function buildAdjacency(source: AdjacencySource): Promise<Adjacency> {
  const names = new Map<string, { first: number; type: EntityType }>();
  const ends: number[] = [];
  const types: number[] = [];
  const beliefs: number[] = [];
  const years: number[] = [];
  const register = (curie: string, type: EntityType): number => {
    const known = names.get(curie) ?? { first: names.size, type };
    names.set(curie, known);
    return known.first;
  };
  for await (const row of source()) {
    ends.push(register(row.subject, row.subjectType), register(row.object, row.objectType));
    types.push(RELATION_TYPES.indexOf(row.type));
    beliefs.push(row.belief);
    years.push(row.firstYear ?? 0);
  }
  return compress(names, { ends, types, beliefs, years });
}

/** The columns of the streamed relations; `ends` holds two numbers a relation, by order of first sight. */
interface Columns {
  readonly ends: readonly number[];
  readonly types: readonly number[];
  readonly beliefs: readonly number[];
  readonly years: readonly number[];
}

function compress(
  names: ReadonlyMap<string, { first: number; type: EntityType }>,
  columns: Columns,
): Adjacency {
  // Numbered by CURIE, so that the answer to a question does not depend on the order of loading.
  const ordered = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  const curies = ordered.map(([curie]) => curie);
  const number = new Uint32Array(names.size);
  for (const [index, [, { first }]] of ordered.entries()) number[first] = index;
  const ends = Uint32Array.from(columns.ends, (first) => number[first] ?? 0);

  const offsets = new Uint32Array(names.size + 1);
  for (const end of ends) offsets[end + 1] = (offsets[end + 1] ?? 0) + 1;
  for (let i = 0; i < names.size; i++) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0);
  const order = edgeOrder(ends, columns.types);
  const index = new Map(curies.map((curie, position) => [curie, position]));
  return {
    size: names.size,
    relations: columns.types.length,
    curies,
    entityTypes: Uint8Array.from(ordered, ([, { type }]) => ENTITY_TYPES.indexOf(type)),
    offsets,
    targets: Uint32Array.from(order, (slot) => ends[slot ^ 1] ?? 0),
    relationTypes: Uint8Array.from(order, (slot) => columns.types[slot >> 1] ?? 0),
    beliefs: Float64Array.from(order, (slot) => columns.beliefs[slot >> 1] ?? 0),
    firstYears: Uint16Array.from(order, (slot) => columns.years[slot >> 1] ?? 0),
    indexOf: (curie) => index.get(curie),
  };
}

/** Slots of `ends` by the entity that stands there, then by the entity opposite, then by relation type. */
function edgeOrder(ends: Uint32Array, types: readonly number[]): Uint32Array {
  // subtle: slot s belongs to relation s >> 1, and the other end of that relation is slot s ^ 1.
  return new Uint32Array(ends.length)
    .map((_, slot) => slot)
    .sort(
      (a, b) =>
        (ends[a] ?? 0) - (ends[b] ?? 0) ||
        (ends[a ^ 1] ?? 0) - (ends[b ^ 1] ?? 0) ||
        (types[a >> 1] ?? 0) - (types[b >> 1] ?? 0),
    );
}

/**
 * The edges of an entity that were known as of a year: those whose first paper is of that year or earlier. An
 * edge without a year is left out when a year is asked for, as nothing shows that it was known; without `asOf`
 * every edge is given.
 */
export function* knownEdges(adjacency: Adjacency, entity: number, asOf?: number): Generator<AdjacencyEdge> {
  const end = adjacency.offsets[entity + 1] ?? 0;
  for (let edge = adjacency.offsets[entity] ?? 0; edge < end; edge++) {
    const firstYear = adjacency.firstYears[edge] ?? 0;
    if (asOf !== undefined && (firstYear === 0 || firstYear > asOf)) continue;
    yield {
      target: adjacency.targets[edge] ?? 0,
      type: relationTypeAt(adjacency.relationTypes[edge] ?? 0),
      belief: adjacency.beliefs[edge] ?? 0,
      firstYear,
    };
  }
}
