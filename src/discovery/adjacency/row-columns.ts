/**
 * Relations as columns while they are streamed in: 27 bytes a relation and 10 a paper, in chunks, so that growing
 * copies nothing. Their order is that of arrival; `compress` brings them into theirs.
 */
import { ENTITY_TYPES, type EntityType, RELATION_TYPES } from "../../core/relation-types.js";
import type { AdjacencyRow } from "./adjacency.js";

type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const CHUNK_BITS = 18;
const CHUNK = 1 << CHUNK_BITS;

/** A column of numbers that grows by chunks. */
class Column<Chunk extends NumberArray> {
  readonly #make: (length: number) => Chunk;
  readonly #chunks: Chunk[] = [];
  length = 0;

  constructor(make: (length: number) => Chunk) {
    this.#make = make;
  }

  push(value: number): void {
    const at = this.length++;
    if (at % CHUNK === 0) this.#chunks.push(this.#make(CHUNK));
    const chunk = this.#chunks[at >> CHUNK_BITS];
    if (chunk !== undefined) chunk[at & (CHUNK - 1)] = value;
  }

  at(index: number): number {
    return this.#chunks[index >> CHUNK_BITS]?.[index & (CHUNK - 1)] ?? 0;
  }

  /** Copies everything to the beginning of an array and lets go of it chunk by chunk. */
  moveInto(target: NumberArray): void {
    for (let start = 0; start < this.length; start += CHUNK) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) target.set(chunk.subarray(0, this.length - start), start);
    }
  }
}

/** What is known of the relations so far. */
export class RowColumns {
  readonly #numbers = new Map<string, number>();
  readonly curies: string[] = [];
  readonly entityTypes: number[] = [];
  /** Two numbers a relation, by order of first sight. */
  readonly ends = new Column((length) => new Uint32Array(length));
  readonly types = new Column((length) => new Uint8Array(length));
  readonly beliefs = new Column((length) => new Float64Array(length));
  readonly years = new Column((length) => new Uint16Array(length));
  readonly paperStarts = new Column((length) => new Uint32Array(length));
  readonly paperCounts = new Column((length) => new Uint32Array(length));
  readonly paperYears = new Column((length) => new Uint16Array(length));
  readonly paperWeights = new Column((length) => new Float64Array(length));

  /** The entity's number by order of first sight. */
  entity(curie: string, type: EntityType): number {
    const known = this.#numbers.get(curie);
    if (known !== undefined) return known;
    this.#numbers.set(curie, this.curies.length);
    this.entityTypes.push(ENTITY_TYPES.indexOf(type));
    return this.curies.push(curie) - 1;
  }

  add(subject: number, object: number, row: AdjacencyRow): void {
    this.ends.push(subject);
    this.ends.push(object);
    this.types.push(RELATION_TYPES.indexOf(row.type));
    this.beliefs.push(row.belief);
    this.years.push(row.firstYear ?? 0);
    this.paperStarts.push(this.paperYears.length);
    // By rising weight, as core multiplies the doubts: then belief as of a year is the same to the last bit.
    const papers = [...(row.papers ?? [])].sort((a, b) => a.weight - b.weight);
    for (const { year, weight } of papers) this.#paper(year, weight);
    if (papers.length === 0) this.#paper(row.firstYear, row.belief);
    this.paperCounts.push(Math.max(1, papers.length));
  }

  #paper(year: number | undefined, weight: number): void {
    this.paperYears.push(year ?? 0);
    this.paperWeights.push(weight);
  }
}
