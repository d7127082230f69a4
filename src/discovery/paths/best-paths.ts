import { required } from "../../core/required.js";
/**
 * The best few paths of all that are shown to it, and how good one must be to be among them: what lets a search pass over
 * whatever cannot get there. Paths that score alike stand by the order of their entities' CURIEs, so that answers are stable.
 */

/** A path by its entities' numbers, start and end among them. */
export interface FoundPath {
  readonly entities: readonly number[];
  readonly score: number;
}

/** Keeps the best of the paths it is given. */
export class BestPaths {
  readonly #most: number;
  readonly #ranks: Uint32Array;
  readonly #paths: FoundPath[] = [];

  /** `ranks` are the places of the entities in the order of CURIEs. */
  constructor(most: number, ranks: Uint32Array) {
    this.#most = most;
    this.#ranks = ranks;
  }

  /** The score that a path must reach; 0 while there is room. */
  get threshold(): number {
    return this.#paths.length < this.#most ? 0 : (this.#paths.at(-1)?.score ?? 0);
  }

  /** Takes a path in if it is one of the best so far. */
  add(path: FoundPath): void {
    const paths = this.#paths;
    const last = paths.at(-1);
    if (paths.length === this.#most && (last === undefined || this.#compare(path, last) >= 0)) return;
    let [from, to] = [0, paths.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const other = paths[middle];
      if (other !== undefined && this.#compare(other, path) <= 0) from = middle + 1;
      else to = middle;
    }
    paths.splice(from, 0, path);
    if (paths.length > this.#most) paths.pop();
  }

  /** The paths, the best first. */
  get paths(): readonly FoundPath[] {
    return this.#paths;
  }

  #compare(one: FoundPath, other: FoundPath): number {
    if (one.score !== other.score) return other.score - one.score;
    for (const [step, entity] of one.entities.entries()) {
      const difference =
        required(this.#ranks[entity], "a candidate's rank") -
        required(this.#ranks[required(other.entities[step], "a path's entity")], "a candidate's rank");
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
