/**
 * One job that runs here: its record, changed step by step, in the graph first and then for all who follow. What is told
 * is what is recorded: an end that the database does not take is offered again until it does, or until the job is
 * another server's.
 */
import pRetry from "p-retry";
import { BioWeftError, messageOf } from "../core/errors.js";
import { type ExtractionJob, isEnded } from "../core/extraction-job.js";
import { log } from "../core/log.js";
import type { Database } from "../graph/neo4j/database.js";
import { type DocumentWrite, writeDocuments } from "../graph/write/write-documents.js";
import type { JobChange, JobReport } from "./pipeline/run-extraction.js";
import type { JobBoard } from "./queue/job-board.js";
import type { JobStore } from "./store.js";

/** Progress within a stage is recorded at most so often. */
const PROGRESS_EVERY_MILLIS = 500;
/** Waits between two offers of an end: the first, doubled each time up to the last. */
const END_RETRY_MILLIS = { first: 200, last: 10_000 };

/** Where a job is recorded and shown. */
interface JobPlaces {
  readonly database: Database;
  readonly store: JobStore;
  readonly board: JobBoard;
}

/** A job of ours. */
export class RunningJob implements JobReport {
  readonly #places: JobPlaces;
  #job: ExtractionJob;
  /** Whatever was recorded last: changes are recorded one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #toldAtMillis = Date.now();
  #isTelling = false;

  /** Shows the job as it was recorded. */
  constructor(job: ExtractionJob, places: JobPlaces) {
    this.#job = job;
    this.#places = places;
    places.board.publish(job);
  }

  /** As it was recorded last. */
  get job(): ExtractionJob {
    return this.#job;
  }

  change(change: JobChange): Promise<void> {
    return this.#record(change, (job) => this.#places.store.update(job));
  }

  write(written: DocumentWrite, change: JobChange, signal: AbortSignal): Promise<void> {
    const { database, store } = this.#places;
    return this.#record(change, async (job) => {
      // In one transaction: a job that says it was written was, and one that does not was not.
      const together = async (transaction: Parameters<typeof store.update>[1]) => {
        const { held } = await store.update(job, transaction);
        if (!held) throw lostJob(job);
      };
      await writeDocuments(database, [written], { signal, together });
      return { held: true };
    });
  }

  progress(scored: number, pairs: number): void {
    const now = Date.now();
    // One at a time: a database that does not answer must not make a queue that the end then waits behind.
    if (scored >= pairs || this.#isTelling || now - this.#toldAtMillis < PROGRESS_EVERY_MILLIS) return;
    this.#toldAtMillis = now;
    this.#isTelling = true;
    const told = () => {
      this.#isTelling = false;
    };
    // Whether it could be recorded, the next stage tells.
    void this.change({ pairs, pairsScored: scored }).then(told, told);
  }

  /** Records the end, as often as it takes, until the process closes. Where the job is not ours any more, `lose`s it. */
  async end(change: JobChange, closing: AbortSignal): Promise<void> {
    try {
      await this.#untilDone(() => this.change(change), closing);
    } catch (fault) {
      if (isLost(fault)) await this.lose(closing);
      else if (!closing.aborted) throw fault;
    }
  }

  /** It has ended elsewhere, which is told, or goes on elsewhere, and then leaves the board. */
  async lose(closing: AbortSignal): Promise<void> {
    const { store, board } = this.#places;
    const { id } = this.#job;
    const recorded = await this.#untilDone(() => store.read(id), closing).catch(() => undefined);
    if (recorded !== undefined && isEnded(recorded.stage)) this.#show(recorded);
    else board.leave(id);
  }

  #untilDone<T>(work: () => Promise<T>, closing: AbortSignal): Promise<T> {
    const { id } = this.#job;
    return pRetry(work, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: END_RETRY_MILLIS.first,
      maxTimeout: END_RETRY_MILLIS.last,
      signal: closing,
      shouldRetry: ({ error }) => !isLost(error),
      onFailedAttempt: ({ error, attemptNumber }) => {
        if (attemptNumber > 1 || isLost(error)) return;
        log("error", "an extraction's end can't be recorded yet", { id, fault: messageOf(error) });
      },
    });
  }

  /** Takes it off the board: it is another server's, or nobody's. */
  leave(): void {
    this.#places.board.leave(this.#job.id);
  }

  #show(job: ExtractionJob): void {
    this.#job = job;
    this.#places.board.publish(job);
  }

  #record(change: JobChange, record: (job: ExtractionJob) => Promise<{ held: boolean }>): Promise<void> {
    const recording = this.#last.then(async () => {
      const job = { ...this.#job, ...change, updatedAtMillis: Date.now() };
      const { held } = await record(job);
      if (!held) throw lostJob(job);
      this.#show(job);
    });
    this.#last = recording.catch(() => undefined);
    return recording;
  }
}

/** Whether a change was refused as the job is ours no more, or has ended. */
export function isLost(fault: unknown): boolean {
  return fault instanceof BioWeftError && fault.code === "LOCKED";
}

function lostJob({ pmid }: ExtractionJob): BioWeftError {
  return new BioWeftError("LOCKED", "the extraction has ended, or is another server's now", {
    place: { pmid },
  });
}
