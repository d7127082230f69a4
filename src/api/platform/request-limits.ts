/**
 * How long one request may go on: until its deadline, until its client goes, or until what it asks is gone. One signal says
 * all three; its reason is the error that the request then fails with.
 */
import { setMaxListeners } from "node:events";
import { BioWeftError } from "../../core/errors.js";

/** The limits of one request. Release them when it is answered. */
export class RequestLimits {
  readonly #ended = new AbortController();
  readonly #gone: AbortSignal;
  readonly #begun = Date.now();
  #deadline = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  readonly #afterwards: Array<() => void> = [];
  readonly #leave = (): void => this.end(new BioWeftError("CANCELLED", "the client went away"));

  /** `gone` is set when the client goes. Without `millis` there is no deadline. */
  constructor(gone: AbortSignal, millis?: number) {
    this.#gone = gone;
    // Every query of the request listens.
    setMaxListeners(0, this.#ended.signal);
    if (gone.aborted) this.#leave();
    gone.addEventListener("abort", this.#leave, { once: true });
    if (millis !== undefined) this.allow(millis);
  }

  /** Set when the request is to stop; its reason is a BioWeftError. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Milliseconds until the deadline, at least one; undefined without a deadline. */
  get leftMillis(): number | undefined {
    return Number.isFinite(this.#deadline) ? Math.max(1, this.#deadline - Date.now()) : undefined;
  }

  /** Sets the deadline so long after the request began. */
  allow(millis: number): void {
    clearTimeout(this.#timer);
    this.#deadline = this.#begun + millis;
    const reason = `the answer took longer than the ${millis / 1000} s that it may; ask for less at once`;
    this.#timer = setTimeout(
      () => this.end(new BioWeftError("TIMEOUT", reason)),
      this.#deadline - Date.now(),
    );
    this.#timer.unref();
  }

  /** Ends the request with this error, unless it has ended. */
  end(why: BioWeftError): void {
    if (!this.#ended.signal.aborted) this.#ended.abort(why);
  }

  /** Settles as the work does, or at once when the request is to stop. */
  within<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this;
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise<T>((resolve, reject) => {
      const stop = () => reject(signal.reason);
      signal.addEventListener("abort", stop, { once: true });
      work()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener("abort", stop));
    });
  }

  /** Does something when the request is over, however it ended. */
  afterwards(work: () => void): void {
    this.#afterwards.push(work);
  }

  /** Stops the clock: the request is over. */
  release(): void {
    clearTimeout(this.#timer);
    this.#gone.removeEventListener("abort", this.#leave);
    for (const work of this.#afterwards.splice(0)) work();
  }
}
