/**
 * Relations as columns while they are streamed in: 19 bytes a relation and 11 a paper, in chunks, so that growing copies
 * nothing and another thread can take them over. Their order is that of arrival; `compress` brings them into theirs.
 */
import { SOURCE_KINDS, type SourceKind } from "../../core/evidence.js";
import { ENTITY_TYPES, type EntityType, RELATION_TYPES } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { AdjacencyRow, PaperWeight } from "./adjacency.js";

type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const SMALLEST_CHUNK = 256;
const LARGEST_CHUNK = 1 << 18;

/** A column as it is handed over. */
interface Chunks<Chunk extends NumberArray = NumberArray> {
  readonly chunks: Chunk[];
  readonly length: number;
}

/** A column of numbers that grows by chunks. */
class Column<Chunk extends NumberArray> implements Chunks<Chunk> {
  readonly #make: (length: number) => Chunk;
  readonly chunks: Chunk[] = [];
  #last: Chunk;
  #used = 0;
  #before = 0;

  constructor(make: (length: number) => Chunk) {
    this.#make = make;
    this.#last = make(0);
  }

  get length(): number {
    return this.#before + this.#used;
  }

  push(value: number): void {
    if (this.#used === this.#last.length) this.#grow();
    this.#last[this.#used++] = value;
  }

  #grow(): void {
    this.#before += this.#used;
    this.#used = 0;
    this.#last = this.#make(Math.min(LARGEST_CHUNK, Math.max(SMALLEST_CHUNK, this.#before)));
    this.chunks.push(this.#last);
  }
}

/** Moves a column to the beginning of an array and lets go of it chunk by chunk. */
export function moveInto<Target extends NumberArray>({ chunks, length }: Chunks, target: Target): Target {
  for (let at = 0; at < length; ) {
    const chunk = required(chunks.shift(), "a chunk of a column");
    target.set(chunk.subarray(0, length - at), at);
    at += chunk.length;
  }
  return target;
}

/** What was streamed in, as it is handed over. */
export interface RelationColumns {
  /** By number, in order of first sight. */
  readonly curies: readonly string[];
  readonly entityTypes: readonly number[];
  /** Two numbers a relation. */
  readonly ends: Chunks<Uint32Array>;
  readonly types: Chunks<Uint8Array>;
  readonly beliefs: Chunks<Float64Array>;
  readonly years: Chunks<Uint16Array>;
  readonly paperCounts: Chunks<Uint32Array>;
  readonly paperYears: Chunks<Uint16Array>;
  readonly paperWeights: Chunks<Float64Array>;
  readonly paperSources: Chunks<Uint8Array>;
}

/** What is known of the relations so far. */
export class RowColumns implements RelationColumns {
  readonly #numbers = new Map<string, number>();
  readonly curies: string[] = [];
  readonly entityTypes: number[] = [];
  readonly ends = new Column((length) => new Uint32Array(length));
  readonly types = new Column((length) => new Uint8Array(length));
  readonly beliefs = new Column((length) => new Float64Array(length));
  readonly years = new Column((length) => new Uint16Array(length));
  readonly paperCounts = new Column((length) => new Uint32Array(length));
  readonly paperYears = new Column((length) => new Uint16Array(length));
  readonly paperWeights = new Column((length) => new Float64Array(length));
  readonly paperSources = new Column((length) => new Uint8Array(length));

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
    const papers = row.papers ?? [];
    this.paperCounts.push(Math.max(1, papers.length));
    if (papers.length === 0) this.#paper(onlyPaper(row));
    else for (const paper of byRisingWeight(papers)) this.#paper(paper);
  }

  /** The columns without what they grow by: what can be posted to a thread, the arrays handed over. */
  handedOver(): { readonly columns: RelationColumns; readonly buffers: ArrayBuffer[] } {
    const { curies, entityTypes } = this;
    const columns = {
      ends: plain(this.ends),
      types: plain(this.types),
      beliefs: plain(this.beliefs),
      years: plain(this.years),
      paperCounts: plain(this.paperCounts),
      paperYears: plain(this.paperYears),
      paperWeights: plain(this.paperWeights),
      paperSources: plain(this.paperSources),
    };
    const chunks = Object.values(columns).flatMap((column): NumberArray[] => column.chunks);
    const buffers = chunks.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
    return { columns: { curies, entityTypes, ...columns }, buffers };
  }

  #paper({ year, weight, source, strongerSources }: PaperWeight): void {
    this.paperYears.push(year ?? 0);
    this.paperWeights.push(weight);
    this.paperSources.push(sourceBits(source, strongerSources));
  }
}

function plain<Chunk extends NumberArray>({ chunks, length }: Chunks<Chunk>): Chunks<Chunk> {
  return { chunks, length };
}

/** A relation without papers is taken to be of one, of its first year. */
function onlyPaper({ firstYear, belief }: AdjacencyRow): PaperWeight {
  return { weight: belief, ...(firstYear === undefined ? {} : { year: firstYear }) };
}

/** As core multiplies the doubts: then belief as of a year is the same to the last bit. */
function byRisingWeight(papers: readonly PaperWeight[]): readonly PaperWeight[] {
  let last = Number.NEGATIVE_INFINITY;
  for (const { weight } of papers) {
    if (weight < last) return [...papers].sort((a, b) => a.weight - b.weight);
    last = weight;
  }
  return papers;
}

/** A paper's sources as one byte: the bit of its own kind, and, above, those of the kinds that say the same more strongly. */
function sourceBits(source: SourceKind | undefined, stronger: readonly SourceKind[] = []): number {
  const own = source === undefined ? 0 : sourceMask([source]);
  return own | (sourceMask(stronger) << SOURCE_KINDS.length);
}

/** Kinds of source as bits. */
export function sourceMask(kinds: Iterable<SourceKind>): number {
  let mask = 0;
  for (const kind of kinds) mask |= 1 << SOURCE_KINDS.indexOf(kind);
  return mask;
}
