/**
 * The CURIEs of an adjacency's entities, in the order of their numbers: as text in shared memory, so that handing a graph to
 * another thread copies nothing, read into strings and a map where a thread first asks for them. What later deltas add is
 * written behind it, and the successor goes on with its predecessor's strings.
 */
import { BioWeftError } from "../../core/errors.js";

/** Names as they lie in shared memory: UTF-8, a line break behind each. */
export interface SharedNames {
  readonly bytes: Uint8Array;
  /** How much of the bytes is used. */
  readonly used: number;
  readonly size: number;
}

/** Room for the names of later deltas, in bytes. */
const ROOM = 1 << 16;

/** Names that can be asked for. */
export class EntityNames {
  readonly shared: SharedNames;
  #list: readonly string[] | undefined;
  /** One map of a graph and all that follow from it; a number beyond the size is a successor's. */
  #index: Map<string, number> | undefined;

  constructor(shared: SharedNames, list?: readonly string[]) {
    this.shared = shared;
    this.#list = list;
  }

  /** Names of their own. */
  static of(curies: readonly string[]): EntityNames {
    const text = lines(curies);
    const bytes = new Uint8Array(new SharedArrayBuffer(text.length + ROOM));
    bytes.set(text);
    return new EntityNames({ bytes, used: text.length, size: curies.length }, curies);
  }

  get size(): number {
    return this.shared.size;
  }

  /** By number. */
  get list(): readonly string[] {
    this.#list ??= textOf(this.shared, 0);
    return this.#list;
  }

  /** The entity's number, or undefined for one that is not among them. */
  indexOf(curie: string): number | undefined {
    this.#index ??= new Map(this.list.map((name, number) => [name, number]));
    const number = this.#index.get(curie);
    return number !== undefined && this.list[number] === curie ? number : undefined;
  }

  /** These and more: written behind them where there is room, else copied. */
  with(fresh: readonly string[]): EntityNames {
    if (fresh.length === 0) return this;
    const { bytes, used, size } = this.shared;
    const text = lines(fresh);
    let room = bytes;
    if (used + text.length > bytes.length) {
      room = new Uint8Array(new SharedArrayBuffer(used + text.length + Math.max(ROOM, used >> 4)));
      room.set(bytes.subarray(0, used));
    }
    room.set(text, used);
    return this.#followedBy({ bytes: room, used: used + text.length, size: size + fresh.length }, fresh);
  }

  /** The names that came from another thread; those that go on where these end keep their strings and their map. */
  successor(shared: SharedNames): EntityNames {
    const { bytes, used, size } = this.shared;
    const isSuccessor =
      shared.size >= size && Buffer.compare(bytes.subarray(0, used), shared.bytes.subarray(0, used)) === 0;
    if (!isSuccessor) return new EntityNames(shared);
    return this.#followedBy(shared, textOf(shared, used));
  }

  #followedBy(shared: SharedNames, fresh: readonly string[]): EntityNames {
    const next = new EntityNames(shared, this.#list === undefined ? undefined : [...this.#list, ...fresh]);
    next.#index = this.#index;
    if (next.#index !== undefined) {
      for (const [at, name] of fresh.entries()) next.#index.set(name, this.size + at);
    }
    return next;
  }
}

function lines(names: readonly string[]): Buffer {
  return Buffer.from(names.map((name) => `${name}\n`).join(""), "utf8");
}

function textOf({ bytes, used, size }: SharedNames, from: number): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, used - from).toString("utf8");
  const names = text.split("\n");
  names.pop();
  if (from === 0 && names.length !== size) {
    throw new BioWeftError("INTERNAL", `${names.length} names of ${size} entities`);
  }
  return names;
}
