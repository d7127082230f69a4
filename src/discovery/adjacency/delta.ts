/**
 * Brings an adjacency up to date without building it again: the rows of the entities that changed are written anew behind
 * those in use, and only the places of rows change hands. Who still reads the old one reads on undisturbed. History is a
 * line: an adjacency is brought forward once, and its successor from there.
 */
import { ENTITY_TYPES, RELATION_TYPES } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { Adjacency, AdjacencyArrays, AdjacencyRow } from "./adjacency.js";
import { allocateArrays, storedArrays, toAdjacency, withRoom } from "./compress.js";
import { moveInto, RowColumns } from "./row-columns.js";

const { max } = Math;

/**
 * The adjacency with the relations of `rows` as they are now: each replaces what stood for its pair and type; a belief of 0
 * takes it out. Gives the same as building from all relations, in another numbering of what is new.
 */
export function withDelta(old: Adjacency, rows: readonly AdjacencyRow[]): Adjacency {
  const names = withNewEntities(old, rows);
  const changed = changesByEntity(rows, names.indexOf);
  const columns = flatColumns(rows);
  const room = { edges: 0, papers: columns.paperYears.length };
  for (const [entity, changes] of changed) {
    room.edges += changes.length;
    if (entity < old.size)
      room.edges += required(old.ends[entity], "a row's end") - required(old.starts[entity], "a row's start");
  }
  const arrays = withSpace(old, names.size, room);
  for (const [entity, type] of names.added) arrays.entityTypes[entity] = type;
  if (names.added.size > 0) arrays.curieRanks.set(ranksOf(old, names.fresh));
  arrays.paperYears.set(columns.paperYears, old.papersUsed);
  arrays.paperWeights.set(columns.paperWeights, old.papersUsed);
  arrays.paperSources.set(columns.paperSources, old.papersUsed);
  const writer = new RowWriter(old, arrays, columns);
  let difference = 0;
  for (const [entity, changes] of changed) difference += writer.rewrite(entity, changes);
  return toAdjacency(arrays, {
    relations: old.relations + difference / 2,
    edgesUsed: writer.used,
    papersUsed: old.papersUsed + room.papers,
    names: old.names.with(names.fresh),
  });
}

/** The delta's rows as arrays, in their order. */
function flatColumns(rows: readonly AdjacencyRow[]) {
  const columns = new RowColumns();
  for (const row of rows) columns.add(0, 0, row);
  const paperCounts = moveInto(columns.paperCounts, new Uint32Array(rows.length));
  const paperStarts = new Uint32Array(rows.length);
  let papers = 0;
  for (const [row, count] of paperCounts.entries()) {
    paperStarts[row] = papers;
    papers += count;
  }
  return {
    beliefs: moveInto(columns.beliefs, new Float64Array(rows.length)),
    years: moveInto(columns.years, new Uint16Array(rows.length)),
    paperCounts,
    paperStarts,
    paperYears: moveInto(columns.paperYears, new Uint16Array(papers)),
    paperWeights: moveInto(columns.paperWeights, new Float64Array(papers)),
    paperSources: moveInto(columns.paperSources, new Uint8Array(papers)),
  };
}

type FlatColumns = ReturnType<typeof flatColumns>;

/** A changed edge of an entity: the target, the relation type's code and which row says it. */
interface Change {
  readonly target: number;
  readonly type: number;
  readonly row: number;
}

function changesByEntity(
  rows: readonly AdjacencyRow[],
  indexOf: (curie: string) => number,
): Map<number, Change[]> {
  const latest = new Map<string, number>();
  for (const [index, row] of rows.entries()) latest.set(pairKey(row), index);
  const changed = new Map<number, Change[]>();
  const note = (entity: number, change: Change) => {
    const known = changed.get(entity);
    if (known === undefined) changed.set(entity, [change]);
    else known.push(change);
  };
  for (const index of latest.values()) {
    const row = rows[index];
    if (row === undefined) continue;
    const [subject, object] = [indexOf(row.subject), indexOf(row.object)];
    // A relation taken out whose end is unknown was not there.
    if (subject < 0 || object < 0) continue;
    const type = RELATION_TYPES.indexOf(row.type);
    note(subject, { target: object, type, row: index });
    note(object, { target: subject, type, row: index });
  }
  for (const changes of changed.values()) changes.sort((a, b) => a.target - b.target || a.type - b.type);
  return changed;
}

function pairKey({ subject, object, type }: AdjacencyRow): string {
  return subject < object ? `${subject} ${object} ${type}` : `${object} ${subject} ${type}`;
}

function withNewEntities(old: Adjacency, rows: readonly AdjacencyRow[]) {
  const added = new Map<number, number>();
  const numbers = new Map<string, number>();
  const see = (curie: string, type: number) => {
    if (old.indexOf(curie) !== undefined || numbers.has(curie)) return;
    const number = old.size + numbers.size;
    numbers.set(curie, number);
    added.set(number, type);
  };
  for (const row of rows) {
    if (row.belief === 0) continue;
    see(row.subject, ENTITY_TYPES.indexOf(row.subjectType));
    see(row.object, ENTITY_TYPES.indexOf(row.objectType));
  }
  return {
    added,
    fresh: [...numbers.keys()],
    size: old.size + numbers.size,
    indexOf: (curie: string) => old.indexOf(curie) ?? numbers.get(curie) ?? -1,
  };
}

/** Places in the order of CURIEs when new ones come among the old: a merge. */
function ranksOf(old: Adjacency, fresh: readonly string[]): Uint32Array {
  const inOrder = new Uint32Array(old.size);
  for (let entity = 0; entity < old.size; entity++)
    inOrder[required(old.curieRanks[entity], "an entity's place among the CURIEs")] = entity;
  const ordered = fresh.map((curie, index) => ({ curie, number: old.size + index }));
  ordered.sort((a, b) => (a.curie < b.curie ? -1 : 1));
  const ranks = new Uint32Array(old.size + fresh.length);
  let [rank, next] = [0, 0];
  for (const entity of inOrder) {
    for (
      let one = ordered[next];
      one !== undefined && one.curie < required(old.curies[entity], "an entity's CURIE");
      one = ordered[next]
    ) {
      ranks[one.number] = rank++;
      next++;
    }
    ranks[entity] = rank++;
  }
  for (const one of ordered.slice(next)) ranks[one.number] = rank++;
  return ranks;
}

/** The old arrays with places of rows of their own; larger copies only where the room is used up. */
function withSpace(
  old: Adjacency,
  entities: number,
  more: { edges: number; papers: number },
): AdjacencyArrays {
  const edges = old.edgesUsed + more.edges;
  const papers = old.papersUsed + more.papers;
  const fits = edges <= old.targets.length && papers <= old.paperYears.length;
  const fresh = allocateArrays({
    entities,
    edges: fits ? 0 : max(old.targets.length, withRoom(edges)),
    papers: fits ? 0 : max(old.paperYears.length, withRoom(papers)),
  });
  fresh.starts.set(old.starts);
  fresh.ends.set(old.ends);
  fresh.entityTypes.set(old.entityTypes);
  fresh.curieRanks.set(old.curieRanks);
  if (fits) {
    const { starts, ends, entityTypes, curieRanks } = fresh;
    return { ...storedArrays(old), starts, ends, entityTypes, curieRanks };
  }
  fresh.targets.set(old.targets.subarray(0, old.edgesUsed));
  fresh.relationTypes.set(old.relationTypes.subarray(0, old.edgesUsed));
  fresh.beliefs.set(old.beliefs.subarray(0, old.edgesUsed));
  fresh.firstYears.set(old.firstYears.subarray(0, old.edgesUsed));
  fresh.paperStarts.set(old.paperStarts.subarray(0, old.edgesUsed));
  fresh.paperCounts.set(old.paperCounts.subarray(0, old.edgesUsed));
  fresh.paperYears.set(old.paperYears.subarray(0, old.papersUsed));
  fresh.paperWeights.set(old.paperWeights.subarray(0, old.papersUsed));
  fresh.paperSources.set(old.paperSources.subarray(0, old.papersUsed));
  return fresh;
}

/** Writes rows of edges behind those in use. */
class RowWriter {
  readonly #old: Adjacency;
  readonly #arrays: AdjacencyArrays;
  readonly #columns: FlatColumns;
  used: number;

  constructor(old: Adjacency, arrays: AdjacencyArrays, columns: FlatColumns) {
    this.#old = old;
    this.#arrays = arrays;
    this.#columns = columns;
    this.used = old.edgesUsed;
  }

  /** Merges an entity's edges with its changes, both by target and type; gives how many edges more it has. */
  rewrite(entity: number, changes: readonly Change[]): number {
    const { starts, ends } = this.#arrays;
    const start = this.used;
    const oldStart = required(starts[entity], "a row's start");
    const oldEnd = required(ends[entity], "a row's end");
    let edge = oldStart;
    for (const change of changes) {
      const from = edge;
      edge = this.#firstNotBefore(change, edge, oldEnd);
      this.#copy(from, edge);
      if (edge < oldEnd && this.#order(edge, change) === 0) edge++;
      this.#write(change);
    }
    this.#copy(edge, oldEnd);
    starts[entity] = start;
    ends[entity] = this.used;
    return this.used - start - (oldEnd - oldStart);
  }

  /** The first edge of a row, from `low` on, that does not stand before a change: rows are in order. */
  #firstNotBefore(change: Change, low: number, end: number): number {
    let [from, to] = [low, end];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#order(middle, change) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #order(edge: number, { target, type }: Change): number {
    const { targets, relationTypes } = this.#arrays;
    return (
      required(targets[edge], "an edge's target") - target ||
      required(relationTypes[edge], "an edge's type") - type
    );
  }

  #copy(from: number, to: number): void {
    const arrays = this.#arrays;
    arrays.targets.copyWithin(this.used, from, to);
    arrays.relationTypes.copyWithin(this.used, from, to);
    arrays.beliefs.copyWithin(this.used, from, to);
    arrays.firstYears.copyWithin(this.used, from, to);
    arrays.paperStarts.copyWithin(this.used, from, to);
    arrays.paperCounts.copyWithin(this.used, from, to);
    this.used += to - from;
  }

  #write({ target, type, row }: Change): void {
    const columns = this.#columns;
    const belief = required(columns.beliefs[row], "a row's belief");
    if (belief === 0) return;
    const arrays = this.#arrays;
    const edge = this.used++;
    arrays.targets[edge] = target;
    arrays.relationTypes[edge] = type;
    arrays.beliefs[edge] = belief;
    arrays.firstYears[edge] = required(columns.years[row], "a row's year");
    arrays.paperStarts[edge] = this.#old.papersUsed + required(columns.paperStarts[row], "a row's papers");
    arrays.paperCounts[edge] = required(columns.paperCounts[row], "a row's papers");
  }
}
