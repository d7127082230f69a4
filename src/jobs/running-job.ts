/**
 * One job that runs here: its record, changed step by step, in the graph first and then for all who follow. What is told
 * of a stage is what is recorded: an end that the database does not take is offered again until it does, or until the
 * job is not ours any more. How many pairs are scored within a stage is told at once, and recorded now and then.
 */
import pRetry from "p-retry";
import { BioWeftError, messageOf } from "../core/errors.js";
import type { ExtractionJob } from "../core/extraction-job.js";
import { log } from "../core/log.js";
import type { Database } from "../graph/neo4j/database.js";
import type { DocumentWrite } from "../graph/write/write-documents.js";
import { standingRelations } from "../graph/write/write-jobs.js";
import { begunAgain, endedJob } from "./new-job.js";
import type { JobChange, JobReport } from "./pipeline/run-extraction.js";
import { lostJob, type WriteJob } from "./pipeline/write-together.js";
import type { JobBoard } from "./queue/job-board.js";
import type { JobStore } from "./store.js";

/** Progress within a stage is told so often, or where so much was scored since; it is recorded at most so often. */
const TOLD_EVERY_MILLIS = 50;
const TOLD_EVERY_SHARE = 0.25;
const RECORDED_EVERY_MILLIS = 1_000;
/** Waits between two offers of an end: the first, doubled each time up to the last. */
const END_RETRY_MILLIS = { first: 200, last: 10_000 };

/** Where a job is recorded and shown. */
interface JobPlaces {
  readonly database: Database;
  readonly store: JobStore;
  readonly board: JobBoard;
  readonly write: WriteJob;
}

/** A job of ours. */
export class RunningJob implements JobReport {
  readonly #places: JobPlaces;
  #job: ExtractionJob;
  /** Whatever was recorded last: changes are recorded one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #toldAtMillis = 0;
  #recordedAtMillis = Date.now();
  #isRecording = false;

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
    return this.#record(
      () => this.#changed(change),
      (job) => this.#places.store.update(job),
    );
  }

  write(written: DocumentWrite, change: JobChange, signal: AbortSignal): Promise<void> {
    return this.#record(
      () => this.#changed(change),
      async (job) => {
        await this.#places.write({ written, job, signal });
        return true;
      },
    );
  }

  progress(scored: number, pairs: number): void {
    const now = Date.now();
    const isLittle = scored - this.#job.pairsScored < pairs * TOLD_EVERY_SHARE;
    if (scored >= pairs || (isLittle && now - this.#toldAtMillis < TOLD_EVERY_MILLIS)) return;
    this.#toldAtMillis = now;
    this.#show({ ...this.#job, pairs, pairsScored: scored, updatedAtMillis: now });
    // One at a time: a database that does not answer must not make a queue that the end then waits behind.
    if (this.#isRecording || now - this.#recordedAtMillis < RECORDED_EVERY_MILLIS) return;
    this.#recordedAtMillis = now;
    this.#isRecording = true;
    const recorded = () => {
      this.#isRecording = false;
    };
    // Whether it could be recorded, the next stage tells.
    void this.change({}).then(recorded, recorded);
  }

  /** Records that it failed, as often as it takes, until the process closes. */
  fail(error: NonNullable<ExtractionJob["error"]>, closing: AbortSignal): Promise<void> {
    return this.#end(async () => {
      const { database, store } = this.#places;
      await this.#record(
        () => this.#job,
        (job) =>
          database.transact(async (transaction) => {
            const relations = await standingRelations(transaction, job);
            const failed = endedJob(job, "FAILED", { error, relations });
            const [isOurs] = await store.updateIn(transaction, [failed]);
            return isOurs === true ? failed : false;
          }),
      );
    }, closing);
  }

  /** Records that it is to be tried again after a wait, by whoever comes first then. */
  retry(
    error: NonNullable<ExtractionJob["error"]>,
    afterMillis: number,
    closing: AbortSignal,
  ): Promise<void> {
    return this.#end(async () => {
      await this.#record(
        () => begunAgain(this.#job, { error, retryAtMillis: Math.round(Date.now() + afterMillis) }),
        (job) => this.#places.store.putBack(job, afterMillis),
      );
      this.#places.board.leave(this.#job.id);
    }, closing);
  }

  /** It is not ours any more: its followers look where it is recorded. */
  leave(): void {
    this.#places.board.leave(this.#job.id);
  }

  async #end(record: () => Promise<void>, closing: AbortSignal): Promise<void> {
    const { id } = this.#job;
    try {
      await pRetry(record, {
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
    } catch (fault) {
      if (!isLost(fault) && !closing.aborted) throw fault;
      this.leave();
    }
  }

  #show(job: ExtractionJob): void {
    this.#job = job;
    this.#places.board.publish(job);
  }

  #changed(change: JobChange): ExtractionJob {
    const { error, ...rest } = this.#job;
    const kept = change.stage === "WRITTEN" || error === undefined ? rest : { ...rest, error };
    const job = { ...kept, ...change, updatedAtMillis: Date.now() };
    if (change.stage === undefined) return job;
    return { ...job, reachedAtMillis: { ...job.reachedAtMillis, [change.stage]: job.updatedAtMillis } };
  }

  /** Records what `next` makes of the job, after all that was to be recorded before; `record` says false where it is lost. */
  #record(
    next: () => ExtractionJob,
    record: (job: ExtractionJob) => Promise<boolean | ExtractionJob>,
  ): Promise<void> {
    const recording = this.#last.then(async () => {
      const job = next();
      const recorded = await record(job);
      if (recorded === false) throw lostJob(job);
      const latest = this.#job;
      const shown = recorded === true ? job : recorded;
      // What was scored while this was recorded is not taken back.
      const isSameStage = shown.stage === latest.stage && latest.pairsScored > shown.pairsScored;
      if (!isSameStage) this.#show(shown);
    });
    this.#last = recording.catch(() => undefined);
    return recording;
  }
}

/** Whether a change was refused as the job is ours no more, or has ended. */
export function isLost(fault: unknown): boolean {
  return fault instanceof BioWeftError && fault.code === "LOCKED";
}
