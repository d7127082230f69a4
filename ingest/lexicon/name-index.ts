/**
 * Who is called what: the names of a lexicon in typed arrays, found by their hash (name-hash.ts). It keeps no name, so
 * that a million take some 30 MB.
 */
import { required } from "../../src/core/required.js";
import { isSymbol } from "./name-forms.js";
import { hashName, hashSpelling, type NameHash } from "./name-hash.js";

/** One entity that a name stands for. */
interface IndexedSense {
  /** The entity's number in its lexicon. */
  readonly entity: number;
  /** Whether the name is the entity's preferred one. */
  readonly preferred: boolean;
  /** Whether it is a symbol, whose letter case counts. */
  readonly symbol: boolean;
  /** `hashSpelling` of the name. */
  readonly spelling: number;
}

const NONE = -1;
const PREFERRED = 1;
const SYMBOL = 2;

/** Names of entities, which are known by number; grows as names are added. */
export class NameIndex {
  private count = 0;
  private columns: ReturnType<typeof newColumns>;
  /** The last name of each chain of names whose hashes fall together. */
  private slots: Int32Array;

  /** `room` is for how many names there is place at first. */
  constructor(room = 1024) {
    this.columns = newColumns(room);
    this.slots = newSlots(room);
  }

  /** Adds a name of an entity. */
  add(name: string, entity: number, preferred: boolean): void {
    if (this.count === this.columns.a.length) this.grow();
    const { columns, count } = this;
    const { a, b } = hashName(name);
    columns.a[count] = a;
    columns.b[count] = b;
    columns.spelling[count] = hashSpelling(name);
    columns.entity[count] = entity;
    columns.flags[count] = (preferred ? PREFERRED : 0) + (isSymbol(name) ? SYMBOL : 0);
    this.chain(count);
    this.count += 1;
  }

  /** Everything called so, in the order it was added. */
  senses({ a, b }: NameHash): IndexedSense[] {
    const { columns } = this;
    const found: IndexedSense[] = [];
    let at = required(this.slots[this.slotOf(a)], "a slot");
    for (; at !== NONE; at = required(columns.next[at], "the next of a chain")) {
      if (columns.a[at] !== a || columns.b[at] !== b) continue;
      const flags = required(columns.flags[at], "a name's flags");
      found.push({
        entity: required(columns.entity[at], "a name's entity"),
        preferred: (flags & PREFERRED) !== 0,
        symbol: (flags & SYMBOL) !== 0,
        spelling: required(columns.spelling[at], "a name's spelling"),
      });
    }
    return found.reverse();
  }

  private slotOf(a: number): number {
    return (a ^ (a >>> 16)) & (this.slots.length - 1);
  }

  private chain(at: number): void {
    const slot = this.slotOf(required(this.columns.a[at], "a name's hash"));
    this.columns.next[at] = required(this.slots[slot], "a slot");
    this.slots[slot] = at;
  }

  private grow(): void {
    const grown = newColumns(this.count * 2);
    for (const name of ["a", "b", "spelling", "entity"] as const) grown[name].set(this.columns[name]);
    grown.flags.set(this.columns.flags);
    this.columns = grown;
    this.slots = newSlots(this.columns.a.length);
    for (let at = 0; at < this.count; at++) this.chain(at);
  }
}

/** A power of two, so that a place among them is a mask away. */
function newSlots(names: number): Int32Array {
  return new Int32Array(2 ** Math.ceil(Math.log2(names * 1.5))).fill(NONE);
}

function newColumns(size: number) {
  return {
    a: new Int32Array(size),
    b: new Int32Array(size),
    spelling: new Int32Array(size),
    entity: new Int32Array(size),
    next: new Int32Array(size),
    flags: new Uint8Array(size),
  };
}
