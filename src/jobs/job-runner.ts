/**
 * Does jobs that were taken: fetches the paper, has it read, writes what was found, and settles what becomes of a job
 * that does not get through. Keeps its jobs by signs of life, and lets go of those that are its own no more. Which job
 * comes next is the queue's matter.
 */
import { setTimeout } from "node:timers/promises";
import { documentTitle } from "../core/document.js";
import type { DocumentSource } from "../core/document-source.js";
import { messageOf } from "../core/errors.js";
import type { ExtractionJob } from "../core/extraction-job.js";
import { log } from "../core/log.js";
import type { RelationClassifier } from "../core/prediction.js";
import { type WorkQueue, workQueue } from "../core/turns/work-queue.js";
import type { Database } from "../graph/neo4j/database.js";
import { withAbstract } from "./pipeline/checked-publication.js";
import { jobFailure, runExtraction } from "./pipeline/run-extraction.js";
import { type WriteJob, writerOfJobs } from "./pipeline/write-together.js";
import type { JobBoard } from "./queue/job-board.js";
import type { JobCall, JobDoer } from "./queue/job-queue.js";
import { isLost, RunningJob } from "./running-job.js";
import type { JobStore } from "./store.js";

/** When what failed for a passing reason is tried again. */
export interface RetryPlan {
  /** Tries in all, for failures of a paper's source or text. */
  readonly tries: number;
  /** The first wait; each is twice the one before, up to the longest. Times a random factor from 0.8 to 1.2. */
  readonly firstMillis: number;
  readonly longestMillis: number;
}

/** What the runner works with. */
interface RunnerParts {
  readonly source: DocumentSource;
  readonly classifier: RelationClassifier;
  readonly database: Database;
  readonly store: JobStore;
  readonly board: JobBoard;
  readonly slots: JobDoer["slots"];
  readonly leaseMillis: number;
  readonly retries: RetryPlan;
  /** How long jobs of another model wait for a worker of it before they are given up. */
  readonly absentMillis: number;
}

/** How often the runner looks whether its jobs are still its own: a cancelled one costs no more than that. */
const WATCH_MILLIS = 250;
/** Papers that are given to the classifier at a time: it fills the cores by itself. */
const READ_AT_ONCE = 2;
/** How often it looks for jobs of models that nobody has any more. */
const ABSENT_EVERY_MILLIS = 60_000;

/** A job of ours from when it is taken until its end is recorded. */
interface Run {
  readonly job: RunningJob;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Does jobs; one a process. */
export class JobRunner implements JobDoer {
  readonly slots;
  readonly #parts: RunnerParts;
  readonly #closing = new AbortController();
  readonly #runs = new Map<string, Run>();
  readonly #reading: WorkQueue = workQueue(READ_AT_ONCE);
  readonly #write: WriteJob;
  #upkeep: Promise<unknown> = Promise.resolve();
  /** Who is told of a job that is to be tried again. */
  onRetry: (call: JobCall) => void = () => undefined;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#write = writerOfJobs(parts.database, parts.store);
    this.slots = parts.slots;
  }

  /** Shows itself as a worker; throws what the database does. */
  async start(): Promise<void> {
    await this.#parts.store.renew([]);
    const { leaseMillis, absentMillis } = this.#parts;
    this.#upkeep = Promise.all([
      this.#every(leaseMillis / 10, () => this.#renew()),
      this.#every(Math.min(WATCH_MILLIS, leaseMillis / 10), () => this.#watch()),
      this.#every(Math.min(ABSENT_EVERY_MILLIS, absentMillis), () => this.#endAbsent()),
    ]);
  }

  claimNext(limit: number, bulkLimit: number): Promise<ExtractionJob[]> {
    return this.#parts.store.claimNext(limit, bulkLimit);
  }

  claim(id: string): Promise<ExtractionJob | undefined> {
    return this.#parts.store.claim(id);
  }

  waiting(limit: number): ReturnType<JobDoer["waiting"]> {
    return this.#parts.store.waiting(limit);
  }

  perform(taken: ExtractionJob): Promise<void> {
    const stop = new AbortController();
    const job = new RunningJob(taken, { ...this.#parts, write: this.#write });
    const done = this.#do(job, stop.signal)
      .catch((fault: unknown) => this.#settle(job, fault, stop.signal))
      .catch((fault: unknown) => {
        log("error", "an extraction could not be ended", { id: taken.id, fault: messageOf(fault) });
        job.leave();
      })
      .finally(() => this.#runs.delete(taken.id));
    this.#runs.set(taken.id, { job, stop, done });
    return done;
  }

  /** Lets go of jobs that were changed by others: cancelled, paused. Resolves when nothing is done for them. */
  async letGo(ids: readonly string[]): Promise<void> {
    const runs = ids.flatMap((id) => this.#runs.get(id) ?? []);
    for (const { stop } of runs) stop.abort();
    await Promise.all(runs.map(({ done }) => done));
  }

  /** Stops what runs and leaves it to whoever comes first. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.letGo([...this.#runs.keys()]);
    await this.#upkeep;
    await this.#parts.store.release();
  }

  async #do(job: RunningJob, signal: AbortSignal): Promise<void> {
    const { source, classifier, database } = this.#parts;
    const { pmid, priority } = job.job;
    // Each request has its deadline at the source. Waiting for its turn there is no failure, however long the queue is.
    const fetched = await source.fetchDocument(pmid, signal);
    if (fetched !== undefined) await job.change({ stage: "FETCHED", title: documentTitle(fetched) });
    const document = withAbstract(pmid, fetched);
    const urgency = priority === "INTERACTIVE" ? 1 : 0;
    const reading = { priority: urgency, signal };
    await runExtraction(document, job, {
      database,
      model: classifier.info.id,
      signal,
      predict: (onProgress) =>
        this.#reading.add(
          () => classifier.predict(document, { signal, onProgress, priority: urgency }),
          reading,
        ),
    });
  }

  /** What becomes of a job that did not get through. */
  async #settle(job: RunningJob, fault: unknown, signal: AbortSignal): Promise<void> {
    // When the process shuts down the record stays unfinished, for whoever takes it up.
    if (this.#closing.signal.aborted || signal.aborted || isLost(fault)) return job.leave();
    const failure = jobFailure(fault);
    const { tries, firstMillis, longestMillis } = this.#parts.retries;
    const { id, attempts, priority } = job.job;
    // A database that fails fails all jobs alike: how often is counted by MOST_BEGUN alone.
    const isLast = failure.code !== "DATABASE" && attempts >= tries;
    if (!failure.retryable || isLast) return job.fail(failure, this.#closing.signal);
    const wait = Math.min(firstMillis * 2 ** (attempts - 1), longestMillis) * (0.8 + 0.4 * Math.random());
    await job.retry(failure, wait, this.#closing.signal);
    this.onRetry({ id, priority, afterMillis: wait });
  }

  async #renew(): Promise<void> {
    const ids = [...this.#runs.keys()];
    this.#letGoOfOthers(ids, await this.#parts.store.renew(ids));
  }

  async #watch(): Promise<void> {
    const ids = [...this.#runs.keys()];
    if (ids.length > 0) this.#letGoOfOthers(ids, await this.#parts.store.owned(ids));
  }

  #letGoOfOthers(ids: readonly string[], ours: ReadonlySet<string>): void {
    // One that has just ended is no more ours either; then there is nothing left to stop.
    for (const id of ids) if (!ours.has(id)) this.#runs.get(id)?.stop.abort();
  }

  async #endAbsent(): Promise<void> {
    const { store, absentMillis } = this.#parts;
    for (const model of await store.absentModels(absentMillis)) {
      const ended = await store.endAbsent(model, absentMillis);
      if (ended > 0) log("warn", "extractions were given up, as their model is gone", { model, jobs: ended });
    }
  }

  async #every(millis: number, work: () => Promise<void>): Promise<void> {
    const pause = { signal: this.#closing.signal, ref: false };
    while (await setTimeout(millis, true, pause).catch(() => false)) {
      try {
        await work();
      } catch (fault) {
        log("warn", "the jobs' database does not answer", { fault: messageOf(fault) });
      }
    }
  }
}
