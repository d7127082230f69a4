/**
 * Watches the database while requests are under way: where it stops answering, they are told so at once instead of waiting
 * for a driver that goes on trying. Asks nothing while nobody waits.
 */
import { setTimeout } from "node:timers/promises";
import { BioWeftError } from "../../core/errors.js";
import { log } from "../../core/log.js";
import type { Database } from "../../graph/neo4j/database.js";
import type { RequestLimits } from "./request-limits.js";

/** Unanswered for so long, the database is gone: with the pause before it, requests hear of it within 2 s. */
const LOST_MILLIS = 1_300;
const PAUSE_MILLIS = 500;

/** What a request is told that needs a database that is gone. */
function unavailable(): BioWeftError {
  return new BioWeftError("UPSTREAM_UNAVAILABLE", "the graph database does not answer; try again soon");
}

/** The watch over one database. */
export class DatabaseWatch {
  readonly #database: Database;
  readonly #watched = new Set<RequestLimits>();
  #isLooking = false;
  #isLost = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Ends the request should the database be lost before the result is called. */
  over(limits: RequestLimits): () => void {
    this.#watched.add(limits);
    if (!this.#isLooking) void this.#look();
    return () => this.#watched.delete(limits);
  }

  /** Whether it answers within so many milliseconds. */
  answers(withinMillis: number): Promise<boolean> {
    return this.#database.answers(withinMillis);
  }

  /** The error as a request is told it: one that comes of a database that is gone says that. */
  async explained(fault: unknown): Promise<unknown> {
    if (!(fault instanceof BioWeftError) || fault.code !== "DATABASE") return fault;
    return (await this.#database.answers(LOST_MILLIS / 2)) ? fault : unavailable();
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    while (this.#watched.size > 0) {
      const answers = await this.#database.answers(LOST_MILLIS);
      if (answers === this.#isLost) {
        log(
          answers ? "info" : "error",
          answers ? "the graph database answers again" : "the graph database does not answer",
        );
      }
      this.#isLost = !answers;
      if (!answers) for (const limits of this.#watched) limits.end(unavailable());
      await setTimeout(PAUSE_MILLIS, undefined, { ref: false });
    }
    this.#isLooking = false;
  }
}
