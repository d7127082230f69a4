/**
 * How much a search may look at and how long: counted in links, so that a hub costs what it is. Whoever searches asks
 * before each row of links and stops when told; what was left out is then said, never hidden.
 */

/** What a question may cost; what is absent is unlimited. */
export interface SearchLimits {
  /** Links that may be looked at. */
  readonly maxLinks?: number | undefined;
  /** When the answer must be there, in milliseconds since the epoch. */
  readonly deadline?: number | undefined;
  /** Whether the asker has gone; asked now and then. */
  readonly isCancelled?: (() => boolean) | undefined;
}

/** How far a search went; what it answers with beside what it found. */
export interface SearchOutcome {
  /** Links looked at. */
  readonly examined: number;
  /** Why the answer is not exact; undefined where it is. */
  readonly truncated?: string;
}

/** Links between two looks at the clock: well under a millisecond of work. */
const LINKS_BETWEEN_LOOKS = 50_000;

/** What is left of a question's limits. */
export class SearchBudget {
  readonly #limits: SearchLimits;
  #links = 0;
  #nextLook = LINKS_BETWEEN_LOOKS;
  #reason: string | undefined;

  constructor(limits: SearchLimits = {}) {
    this.#limits = limits;
  }

  /** Links looked at so far. */
  get links(): number {
    return this.#links;
  }

  /** Why the search had to stop; undefined while it need not. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** How far the search has gone. */
  get outcome(): SearchOutcome {
    return {
      examined: this.#links,
      ...(this.#reason === undefined ? {} : { truncated: this.#reason }),
    };
  }

  /** Takes the cost of looking at so many links; false where the search is to stop instead. */
  take(links: number): boolean {
    if (this.#reason !== undefined) return false;
    if (this.#links + links > (this.#limits.maxLinks ?? Number.POSITIVE_INFINITY)) {
      this.#reason = `stopped after ${this.#links} links`;
      return false;
    }
    this.#links += links;
    if (this.#links >= this.#nextLook) this.#look();
    return this.#reason === undefined;
  }

  #look(): void {
    this.#nextLook = this.#links + LINKS_BETWEEN_LOOKS;
    if (this.#limits.isCancelled?.() === true) this.#reason = "cancelled";
    else if (Date.now() > (this.#limits.deadline ?? Number.POSITIVE_INFINITY)) {
      this.#reason = `stopped at the deadline after ${this.#links} links`;
    }
  }
}
