/**
 * Keeps the embedded database running at its address: a process that ends without having been told to is started again, so
 * that whoever is connected goes on after a pause. One that hangs is left alone: it may be about to go on.
 */
import { setTimeout } from "node:timers/promises";
import { messageOf } from "../../core/errors.js";
import { log } from "../../core/log.js";
import type { Neo4jProcess } from "./embedded-process.js";

/** The pause before the first new start, doubled with each that fails. */
const FIRST_PAUSE_MILLIS = 250;
const LONGEST_PAUSE_MILLIS = 30_000;
const LATE_GRACE_MILLIS = 5_000;

/** How a process is started again: settles when it answers, or throws, with nothing left running. */
type StartAgain = (spawned: (process: Neo4jProcess) => void) => Promise<void>;

/** A database process that lives until it is stopped. */
export class KeptProcess {
  #process: Neo4jProcess;
  readonly #startAgain: StartAgain;
  readonly #stopping = new AbortController();
  #starting: Promise<void> = Promise.resolve();

  /** `process` answers already. */
  constructor(process: Neo4jProcess, startAgain: StartAgain) {
    this.#process = process;
    this.#startAgain = startAgain;
    this.#watch();
  }

  /** The number of the process that runs now, or ran last. */
  get pid(): number {
    return this.#process.pid;
  }

  /** Ends it for good. SIGTERM, and SIGKILL after that many milliseconds. */
  async stop(graceMillis: number): Promise<void> {
    this.#stopping.abort();
    await this.#process.stop(graceMillis);
    await this.#starting;
  }

  #watch(): void {
    void this.#process.ended.then((how) => {
      if (this.#stopping.signal.aborted) return;
      log("error", "the embedded database ended by itself; it is started again", { how });
      this.#starting = this.#restart();
    });
  }

  async #restart(): Promise<void> {
    const { signal } = this.#stopping;
    for (let pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause)) {
      await setTimeout(pause, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#startAgain((process) => {
          this.#process = process;
          // Told to stop while it was being spawned: then the one before was stopped in its place.
          if (signal.aborted) void process.stop(LATE_GRACE_MILLIS);
        });
        log("info", "the embedded database runs again", { pid: this.pid });
        return this.#watch();
      } catch (fault) {
        if (signal.aborted) return;
        log("error", "the embedded database could not be started again", { reason: messageOf(fault) });
      }
    }
  }
}
