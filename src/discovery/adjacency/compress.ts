/**
 * Columns of relations → the adjacency's arrays, by counting: edges are laid out by relation type, then by target, then by
 * source, each time by a stable counting sort, so that nothing is compared. Time and memory grow with the relations alone.
 */
import { RELATION_TYPES } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { Adjacency, AdjacencyArrays } from "./adjacency.js";
import type { RowColumns } from "./row-columns.js";

/** How many edges, papers and entities an adjacency holds. */
interface Capacity {
  readonly entities: number;
  readonly edges: number;
  readonly papers: number;
}

/** Arrays for so much, over shared memory, all zero. */
export function allocateArrays({ entities, edges, papers }: Capacity): AdjacencyArrays {
  const bytes = (length: number) => new SharedArrayBuffer(length);
  return {
    entityTypes: new Uint8Array(bytes(entities)),
    starts: new Uint32Array(bytes(4 * entities)),
    ends: new Uint32Array(bytes(4 * entities)),
    targets: new Uint32Array(bytes(4 * edges)),
    relationTypes: new Uint8Array(bytes(edges)),
    beliefs: new Float64Array(bytes(8 * edges)),
    firstYears: new Uint16Array(bytes(2 * edges)),
    paperStarts: new Uint32Array(bytes(4 * edges)),
    paperCounts: new Uint32Array(bytes(4 * edges)),
    paperYears: new Uint16Array(bytes(2 * papers)),
    paperWeights: new Float64Array(bytes(8 * papers)),
  };
}

/** What is used, and a twelfth more for the rows of later deltas. */
export function withRoom(used: number): number {
  return used + Math.max(4_096, Math.ceil(used / 12));
}

/** The adjacency of the columns, which are empty afterwards. */
export function compress(columns: RowColumns): Adjacency {
  const size = columns.curies.length;
  const relations = columns.types.length;
  const papersUsed = columns.paperYears.length;
  // Numbered by CURIE, so that the answer to a question does not depend on the order of loading.
  const order = columns.curies.map((_, entity) => entity);
  const bySight = columns.curies;
  order.sort((a, b) =>
    required(bySight[a], "an entity seen") < required(bySight[b], "an entity seen") ? -1 : 1,
  );
  const numbers = new Uint32Array(size);
  for (const [number, entity] of order.entries()) numbers[entity] = number;
  const arrays = allocateArrays({
    entities: size,
    edges: withRoom(2 * relations),
    papers: withRoom(papersUsed),
  });
  for (let entity = 0; entity < size; entity++) {
    arrays.entityTypes[numbers[entity] ?? 0] = columns.entityTypes[entity] ?? 0;
  }
  fillEdges(arrays, columns, numbers);
  columns.paperYears.moveInto(arrays.paperYears);
  columns.paperWeights.moveInto(arrays.paperWeights);
  const curies = order.map((entity) => required(bySight[entity], "an entity seen"));
  return toAdjacency(arrays, { relations, curies, edgesUsed: 2 * relations, papersUsed });
}

/** Joins arrays and names to an adjacency; the map from CURIEs is made when it is first asked. */
export function toAdjacency(
  arrays: AdjacencyArrays,
  known: Pick<Adjacency, "relations" | "curies" | "edgesUsed" | "papersUsed"> & {
    readonly curieRanks?: Uint32Array;
    readonly indexOf?: Adjacency["indexOf"];
  },
): Adjacency {
  const { curies } = known;
  let index: Map<string, number> | undefined;
  return {
    ...arrays,
    ...known,
    size: curies.length,
    curieRanks: known.curieRanks ?? numbered(curies.length),
    indexOf:
      known.indexOf ??
      ((curie) => {
        index ??= new Map(curies.map((name, number) => [name, number]));
        return index.get(curie);
      }),
  };
}

function numbered(size: number): Uint32Array {
  const numbers = new Uint32Array(new SharedArrayBuffer(4 * size));
  for (let i = 0; i < size; i++) numbers[i] = i;
  return numbers;
}

function fillEdges(arrays: AdjacencyArrays, columns: RowColumns, numbers: Uint32Array): void {
  const size = numbers.length;
  const slots = 2 * columns.types.length;
  // subtle: slot s belongs to relation s >> 1, and the other end of that relation is slot s ^ 1.
  const ends = new Uint32Array(slots);
  for (let slot = 0; slot < slots; slot++) ends[slot] = numbers[columns.ends.at(slot)] ?? 0;
  const byType = countingOrder(
    RELATION_TYPES.length,
    slots,
    (i) => i,
    (slot) => columns.types.at(slot >> 1),
  ).order;
  const byTarget = countingOrder(
    size,
    slots,
    (i) => byType[i] ?? 0,
    (slot) => ends[slot ^ 1] ?? 0,
  ).order;
  const sorted = countingOrder(
    size,
    slots,
    (i) => byTarget[i] ?? 0,
    (slot) => ends[slot] ?? 0,
  );
  arrays.starts.set(sorted.offsets.subarray(0, size));
  arrays.ends.set(sorted.offsets.subarray(1, size + 1));
  for (let edge = 0; edge < slots; edge++) {
    const slot = sorted.order[edge] ?? 0;
    const relation = slot >> 1;
    arrays.targets[edge] = ends[slot ^ 1] ?? 0;
    arrays.relationTypes[edge] = columns.types.at(relation);
    arrays.beliefs[edge] = columns.beliefs.at(relation);
    arrays.firstYears[edge] = columns.years.at(relation);
    arrays.paperStarts[edge] = columns.paperStarts.at(relation);
    arrays.paperCounts[edge] = columns.paperCounts.at(relation);
  }
}

/** Items 0 to n − 1, as `item` lists them, in the order of their keys (below `keys`); equal keys keep their order. */
function countingOrder(
  keys: number,
  n: number,
  item: (position: number) => number,
  key: (item: number) => number,
): { readonly order: Uint32Array; readonly offsets: Uint32Array } {
  const offsets = new Uint32Array(keys + 1);
  for (let i = 0; i < n; i++) {
    const k = key(item(i)) + 1;
    offsets[k] = (offsets[k] ?? 0) + 1;
  }
  for (let k = 0; k < keys; k++) offsets[k + 1] = (offsets[k + 1] ?? 0) + (offsets[k] ?? 0);
  const next = offsets.slice();
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const at = item(i);
    const k = key(at);
    const place = next[k] ?? 0;
    order[place] = at;
    next[k] = place + 1;
  }
  return { order, offsets };
}
