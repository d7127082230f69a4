/**
 * Columns of relations → the adjacency's arrays, by counting: edges are laid out by source, and once more by the other end, so
 * that every row stands in order of its targets and nothing is compared. Time and memory grow with the relations alone.
 */
import { required } from "../../core/required.js";
import type { Adjacency, AdjacencyArrays, AdjacencyFacts } from "./adjacency.js";
import { EntityNames } from "./entity-names.js";
import { moveInto, type RelationColumns } from "./row-columns.js";

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
    curieRanks: new Uint32Array(bytes(4 * entities)),
    targets: new Uint32Array(bytes(4 * edges)),
    relationTypes: new Uint8Array(bytes(edges)),
    beliefs: new Float64Array(bytes(8 * edges)),
    firstYears: new Uint16Array(bytes(2 * edges)),
    paperStarts: new Uint32Array(bytes(4 * edges)),
    paperCounts: new Uint32Array(bytes(4 * edges)),
    paperYears: new Uint16Array(bytes(2 * papers)),
    paperWeights: new Float64Array(bytes(8 * papers)),
    paperSources: new Uint8Array(bytes(papers)),
  };
}

/** The arrays of an adjacency alone: what is shared with another thread. */
export function storedArrays(adjacency: AdjacencyArrays): AdjacencyArrays {
  const { entityTypes, starts, ends, curieRanks, targets, relationTypes, beliefs, firstYears } = adjacency;
  const { paperStarts, paperCounts, paperYears, paperWeights, paperSources } = adjacency;
  const ofEntities = { entityTypes, starts, ends, curieRanks };
  const ofEdges = { targets, relationTypes, beliefs, firstYears, paperStarts, paperCounts };
  return { ...ofEntities, ...ofEdges, paperYears, paperWeights, paperSources };
}

/** What is used, and a twelfth more for the rows of later deltas. */
export function withRoom(used: number): number {
  return used + Math.max(4_096, Math.ceil(used / 12));
}

/** The adjacency of the columns, which are empty afterwards. */
export function compress(columns: RelationColumns): Adjacency {
  const size = columns.curies.length;
  const relations = columns.types.length;
  const papersUsed = columns.paperYears.length;
  const order = inCurieOrder(columns.curies);
  const numbers = new Uint32Array(size);
  for (const [number, entity] of order.entries()) numbers[entity] = number;
  const arrays = allocateArrays({
    entities: size,
    edges: withRoom(2 * relations),
    papers: withRoom(papersUsed),
  });
  for (const [number, entity] of order.entries()) {
    arrays.entityTypes[number] = required(columns.entityTypes[entity], "an entity's type");
    arrays.curieRanks[number] = number;
  }
  fillEdges(arrays, columns, numbers);
  moveInto(columns.paperYears, arrays.paperYears);
  moveInto(columns.paperWeights, arrays.paperWeights);
  moveInto(columns.paperSources, arrays.paperSources);
  const curies = Array.from(order, (entity) => required(columns.curies[entity], "an entity's CURIE"));
  return toAdjacency(arrays, {
    relations,
    names: EntityNames.of(curies),
    edgesUsed: 2 * relations,
    papersUsed,
  });
}

/** Joins arrays and names to an adjacency. */
export function toAdjacency(arrays: AdjacencyArrays, facts: AdjacencyFacts): Adjacency {
  const { names } = facts;
  return {
    ...arrays,
    ...facts,
    size: names.size,
    get curies() {
      return names.list;
    },
    indexOf: (curie) => names.indexOf(curie),
  };
}

/** Numbered by CURIE, so that the answer to a question does not depend on the order of loading. */
function inCurieOrder(curies: readonly string[]): Uint32Array {
  const inOrder = curies.map((curie, entity) => ({ curie, entity }));
  inOrder.sort((a, b) => (a.curie < b.curie ? -1 : 1));
  return Uint32Array.from(inOrder, ({ entity }) => entity);
}

function fillEdges(arrays: AdjacencyArrays, columns: RelationColumns, numbers: Uint32Array): void {
  const slots = columns.ends.length;
  const relations = columns.types.length;
  // subtle: slot s belongs to relation s >> 1, and the other end of that relation is slot s ^ 1.
  const ends = moveInto(columns.ends, new Uint32Array(slots));
  for (let slot = 0; slot < slots; slot++)
    ends[slot] = required(numbers[required(ends[slot], "an end")], "an entity's number");
  const types = moveInto(columns.types, new Uint8Array(relations));
  const order = slotsInOrder(ends, types, arrays);
  const beliefs = moveInto(columns.beliefs, new Float64Array(relations));
  const years = moveInto(columns.years, new Uint16Array(relations));
  const paperCounts = moveInto(columns.paperCounts, new Uint32Array(relations));
  const paperStarts = new Uint32Array(relations);
  let paper = 0;
  for (let relation = 0; relation < relations; relation++) {
    paperStarts[relation] = paper;
    paper += required(paperCounts[relation], "a relation's papers");
  }
  for (let edge = 0; edge < slots; edge++) {
    const slot = required(order[edge], "an edge's slot");
    const relation = slot >>> 1;
    arrays.targets[edge] = required(ends[slot ^ 1], "an end");
    arrays.relationTypes[edge] = required(types[relation], "a relation's type");
    arrays.beliefs[edge] = required(beliefs[relation], "a relation's belief");
    arrays.firstYears[edge] = required(years[relation], "a relation's year");
    arrays.paperStarts[edge] = required(paperStarts[relation], "a relation's papers");
    arrays.paperCounts[edge] = required(paperCounts[relation], "a relation's papers");
  }
}

/** The slots by source, then target, then type; the places of the sources' rows go into the arrays. */
function slotsInOrder(ends: Uint32Array, types: Uint8Array, arrays: AdjacencyArrays): Uint32Array {
  const { starts, ends: rowEnds } = arrays;
  const next = new Uint32Array(starts.length);
  for (const end of ends) next[end] = required(next[end], "an entity's links") + 1;
  let place = 0;
  for (let entity = 0; entity < next.length; entity++) {
    starts[entity] = place;
    place += required(next[entity], "an entity's links");
    rowEnds[entity] = place;
  }
  const bySource = new Uint32Array(ends.length);
  next.set(starts);
  for (let slot = 0; slot < ends.length; slot++) {
    const source = required(ends[slot], "an end");
    const at = required(next[source], "a row's place");
    bySource[at] = slot;
    next[source] = at + 1;
  }
  const order = new Uint32Array(ends.length);
  next.set(starts);
  // subtle: sources come by rising number, so each is appended to the rows of its targets in that order.
  for (const slot of bySource) {
    const target = required(ends[slot ^ 1], "an end");
    const at = required(next[target], "a row's place");
    order[at] = slot ^ 1;
    next[target] = at + 1;
    sortParallel(order, at, required(starts[target], "a row's start"), ends, types);
  }
  return order;
}

/** Moves the slot that was put last before those of the same two ends that have a later type. */
function sortParallel(
  order: Uint32Array,
  last: number,
  start: number,
  ends: Uint32Array,
  types: Uint8Array,
): void {
  const slot = required(order[last], "an edge's slot");
  const target = ends[slot ^ 1];
  const type = required(types[slot >>> 1], "a relation's type");
  let at = last;
  while (at > start) {
    const before = required(order[at - 1], "an edge's slot");
    if (ends[before ^ 1] !== target || required(types[before >>> 1], "a relation's type") <= type) break;
    order[at] = before;
    at--;
  }
  order[at] = slot;
}
