/**
 * A binary heap that gives the highest score first, and the earlier entry on a tie, so that answers are stable.
 */

/** Entries ordered by falling score. */
export class PriorityQueue<T> {
  readonly #score: (entry: T) => number;
  readonly #heap: { entry: T; score: number; order: number }[] = [];
  #pushed = 0;

  constructor(score: (entry: T) => number) {
    this.#score = score;
  }

  push(entry: T): void {
    let child = this.#heap.length;
    this.#heap.push({ entry, score: this.#score(entry), order: this.#pushed++ });
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#before(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** Takes the best entry out; undefined when there is none. */
  pop(): T | undefined {
    const best = this.#heap[0];
    const last = this.#heap.pop();
    if (best === undefined || last === undefined || this.#heap.length === 0) return best?.entry;
    this.#heap[0] = last;
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      const child = this.#before(left + 1, left) ? left + 1 : left;
      if (!this.#before(child, parent)) return best.entry;
      this.#swap(child, parent);
      parent = child;
    }
  }

  #before(a: number, b: number): boolean {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (one === undefined || other === undefined) return false;
    return one.score > other.score || (one.score === other.score && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (one === undefined || other === undefined) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}
