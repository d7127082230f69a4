/**
 * Pairs of entities that are related, for asking and changing many millions of times: open addressing over one flat array, a
 * pair as one number. What is taken out leaves no gap behind: those after it move up. Source: Knuth, vol. 3, 6.4, algorithm R.
 */
import { required } from "../../core/required.js";

const EMPTY = -1;

/** A set of unordered pairs of numbers below `size`. */
export class PairSet {
  readonly #size: number;
  readonly #slots: Float64Array;
  readonly #mask: number;

  /** `most` is how many pairs it is to hold. */
  constructor(size: number, most: number) {
    this.#size = size;
    const capacity = 2 ** Math.max(4, Math.ceil(Math.log2(most * 1.5)));
    this.#slots = new Float64Array(capacity).fill(EMPTY);
    this.#mask = capacity - 1;
  }

  has(one: number, other: number): boolean {
    const key = this.#key(one, other);
    return this.#slots[this.#place(key)] === key;
  }

  add(one: number, other: number): void {
    const key = this.#key(one, other);
    this.#slots[this.#place(key)] = key;
  }

  delete(one: number, other: number): void {
    let gap = this.#place(this.#key(one, other));
    for (let at = (gap + 1) & this.#mask; this.#at(at) !== EMPTY; at = (at + 1) & this.#mask) {
      const home = this.#home(this.#at(at));
      // Whoever would no more be found from its home, were it left behind the gap, moves into it.
      if (((at - home) & this.#mask) < ((at - gap) & this.#mask)) continue;
      this.#slots[gap] = this.#at(at);
      gap = at;
    }
    this.#slots[gap] = EMPTY;
  }

  #key(one: number, other: number): number {
    return one < other ? one * this.#size + other : other * this.#size + one;
  }

  /** Where a pair stands, or would. */
  #place(key: number): number {
    let at = this.#home(key);
    for (let found = this.#at(at); found !== EMPTY && found !== key; found = this.#at(at))
      at = (at + 1) & this.#mask;
    return at;
  }

  #home(key: number): number {
    const high = Math.floor(key / 4_294_967_296);
    return (Math.imul(key ^ (high * 0x9e3779b1), 0x85ebca6b) >>> 7) & this.#mask;
  }

  #at(place: number): number {
    return required(this.#slots[place], "a slot");
  }
}
