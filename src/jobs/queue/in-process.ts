/**
 * Jobs done in this process, with nothing but the graph to keep them: what waits there is taken whenever there is room,
 * the urgent first, and looked for now and then, as other processes may have left it.
 */
import { setTimeout } from "node:timers/promises";
import { messageOf } from "../../core/errors.js";
import type { ExtractionJob } from "../../core/extraction-job.js";
import { log } from "../../core/log.js";
import type { JobCall, JobDoer, JobQueue } from "./job-queue.js";

/** How often it looks for jobs that nobody called for. */
const LOOK_MILLIS = 1_000;

/** Starts taking jobs. Close it. */
export function inProcessQueue(doer: JobDoer): JobQueue {
  return new InProcessQueue(doer);
}

class InProcessQueue implements JobQueue {
  readonly #doer: JobDoer;
  readonly #closing = new AbortController();
  readonly #running = new Map<string, { readonly isUrgent: boolean; readonly done: Promise<void> }>();
  readonly #done: Promise<void>;
  #isCalled = true;
  #wake: () => void = () => undefined;

  constructor(doer: JobDoer) {
    this.#doer = doer;
    this.#done = this.#take();
  }

  call(calls: readonly JobCall[]): void {
    if (calls.length > 0) this.#ring();
    // Sooner than it would look by itself.
    for (const { afterMillis = 0 } of calls)
      if (afterMillis > 0 && afterMillis < LOOK_MILLIS)
        void setTimeout(afterMillis, undefined, { ref: false }).then(() => this.#ring());
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#ring();
    await this.#done;
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  async #take(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      if (!this.#isCalled) await this.#rung();
      this.#isCalled = false;
      if (this.#closing.signal.aborted) return;
      try {
        for (const job of await this.#claim()) this.#begin(job);
      } catch (fault) {
        log("warn", "the jobs' database does not answer", { fault: messageOf(fault) });
        await setTimeout(LOOK_MILLIS, undefined, { ref: false, signal: this.#closing.signal }).catch(
          () => undefined,
        );
      }
    }
  }

  async #claim(): Promise<readonly ExtractionJob[]> {
    const { all, urgent } = this.#doer.slots;
    const free = all - this.#running.size;
    const bulk = [...this.#running.values()].filter(({ isUrgent }) => !isUrgent).length;
    return free <= 0 ? [] : this.#doer.claimNext(free, Math.min(free, all - urgent - bulk));
  }

  #begin(job: ExtractionJob): void {
    const done = this.#doer.perform(job).finally(() => {
      this.#running.delete(job.id);
      this.#ring();
    });
    this.#running.set(job.id, { isUrgent: job.priority === "INTERACTIVE", done });
  }

  #ring(): void {
    this.#isCalled = true;
    this.#wake();
  }

  /** Resolves when it is called, or it is time to look. */
  async #rung(): Promise<void> {
    const waited = new AbortController();
    const called = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const looked = setTimeout(LOOK_MILLIS, undefined, { ref: false, signal: waited.signal });
    await Promise.race([called, looked.catch(() => undefined)]);
    waited.abort();
  }
}
