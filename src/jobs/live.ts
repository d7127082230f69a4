/**
 * Live extraction: a PMID comes in and is a job from that moment, recorded in the graph, done by this process or, where
 * there is a Redis, by whichever worker is free. Joins the desk (looking and acting), the runner (doing), the queue
 * (whose turn it is) and the board (who follows).
 */
import { setTimeout } from "node:timers/promises";
import { type Document, documentTitle, hasAbstract } from "../core/document.js";
import type { DocumentSource } from "../core/document-source.js";
import {
  type ExtractionJob,
  type ExtractionService,
  isEnded,
  type JobFilter,
  type JobPage,
  type JobStage,
  type ReadingOutcome,
  type SubmitOptions,
  type SubmitOutcome,
} from "../core/extraction-job.js";
import type { Asking, RelationClassifier } from "../core/prediction.js";
import { inGroups } from "../core/turns/in-groups.js";
import type { Database } from "../graph/neo4j/database.js";
import { JobDesk } from "./job-desk.js";
import { JobRunner, type RetryPlan } from "./job-runner.js";
import { newJob } from "./new-job.js";
import { checkPmid } from "./pipeline/checked-publication.js";
import { bullQueue } from "./queue/bullmq.js";
import { inProcessQueue } from "./queue/in-process.js";
import { JobBoard } from "./queue/job-board.js";
import type { JobQueue } from "./queue/job-queue.js";
import { JobStore } from "./store.js";

/** What the service works with. The classifier and the database stay the caller's to close. */
export interface ExtractionParts {
  readonly source: DocumentSource;
  readonly classifier: RelationClassifier;
  readonly database: Database;
  /** REDIS_URL: where workers of several processes are called; without it this process does the jobs that it finds. */
  readonly redisUrl?: string;
  /** How long whoever submits looks along, to be told what ends the job at once; 500 if not given. */
  readonly lookAlongMillis?: number;
  /** Jobs in hand at a time, most of which wait for a source or a database; 8 if not given. */
  readonly concurrency?: number;
  /** How long a job stays its owner's after a sign of life, of which ten are given meanwhile; 30,000 if not given. */
  readonly leaseMillis?: number;
  readonly retries?: RetryPlan;
  /** How long jobs of another model wait for a worker of it before they are given up; ten minutes if not given. */
  readonly absentMillis?: number;
}

const RETRIES: RetryPlan = { tries: 5, firstMillis: 1_000, longestMillis: 60_000 };
/** So long a cancellation waits until nothing is done for the job here. */
const LET_GO_MILLIS = 400;
/** Jobs that are recorded in one transaction. */
const SUBMITTED_AT_ONCE = 500;

/** Starts the service and the jobs that nobody has in hand. */
export async function createExtractionService(parts: ExtractionParts): Promise<ExtractionService> {
  const leaseMillis = parts.leaseMillis ?? 30_000;
  const store = new JobStore(parts.database, parts.classifier.info.id, leaseMillis);
  const board = new JobBoard();
  const all = parts.concurrency ?? 8;
  const runner = new JobRunner({
    ...parts,
    ...{ store, board, leaseMillis },
    slots: { all, urgent: Math.floor(all / 4) },
    retries: parts.retries ?? RETRIES,
    absentMillis: parts.absentMillis ?? 600_000,
  });
  await runner.start();
  const { redisUrl: url } = parts;
  const model = parts.classifier.info.id;
  const queue =
    url === undefined ? inProcessQueue(runner) : bullQueue(runner, { url, model, lockMillis: leaseMillis });
  runner.onRetry = (call) => queue.call([call]);
  return new Extractions(parts, { store, board, runner, queue });
}

/** What the service is joined of. */
interface Rooms {
  readonly store: JobStore;
  readonly board: JobBoard;
  readonly runner: JobRunner;
  readonly queue: JobQueue;
}

class Extractions implements ExtractionService {
  readonly #parts: ExtractionParts;
  readonly #rooms: Rooms;
  readonly #desk: JobDesk;

  constructor(parts: ExtractionParts, rooms: Rooms) {
    this.#parts = parts;
    this.#rooms = rooms;
    this.#desk = new JobDesk(parts.database, (jobs) => this.#changed(jobs));
  }

  async submit(pmid: string, options: SubmitOptions = {}): Promise<SubmitOutcome> {
    checkPmid(pmid);
    const job = newJob(pmid, this.#parts.classifier.info.id, options);
    const submitted = await this.#rooms.store.submit(job, options.again === true);
    if (submitted.started) this.#rooms.queue.call([submitted.job]);
    return toOutcome(await this.#lookAlong(submitted.job));
  }

  async submitMany(pmids: readonly string[], options: SubmitOptions = {}): Promise<number> {
    pmids.forEach(checkPmid);
    let started = 0;
    for await (const some of inGroups([...new Set(pmids)], SUBMITTED_AT_ONCE)) {
      const jobs = some.map((pmid) => newJob(pmid, this.#parts.classifier.info.id, options));
      const submitted = await this.#rooms.store.submitMany(jobs, options.again === true);
      const begun = submitted.filter((one) => one.started).map(({ job }) => job);
      started += begun.length;
      this.#rooms.queue.call(begun);
    }
    return started;
  }

  async job(id: string): Promise<ExtractionJob | undefined> {
    return this.#rooms.board.current(id) ?? (await this.#desk.job(id));
  }

  list(filter: JobFilter, page: JobPage): Promise<ExtractionJob[]> {
    return this.#desk.list(filter, page);
  }

  count(filter: JobFilter): Promise<number> {
    return this.#desk.count(filter);
  }

  overview(): ReturnType<JobDesk["overview"]> {
    return this.#desk.overview();
  }

  async cancel(id: string): Promise<ExtractionJob | undefined> {
    // What is being written gives way first: its record is locked until then.
    const letGo = this.#rooms.runner.letGo([id]);
    await Promise.race([letGo, setTimeout(LET_GO_MILLIS, undefined, { ref: false })]);
    return this.#desk.cancel(id);
  }

  pause(filter: JobFilter): Promise<number> {
    return this.#desk.pause(filter);
  }

  resume(filter: JobFilter): Promise<number> {
    return this.#desk.resume(filter);
  }

  redrive(filter: JobFilter): Promise<number> {
    return this.#desk.redrive(filter);
  }

  async progress(id: string): Promise<AsyncIterable<ExtractionJob> | undefined> {
    if ((await this.job(id)) === undefined) return undefined;
    return this.#rooms.board.follow(id, () => this.#rooms.store.read(id));
  }

  async read(pmid: string, asking: Asking = {}): Promise<ReadingOutcome> {
    checkPmid(pmid);
    const signal = asking.signal ?? new AbortController().signal;
    const { source } = this.#parts;
    const document = await source.fetchDocument(pmid, signal);
    if (document === undefined) return { kind: "publication-not-found", pmid };
    if (!hasAbstract(document)) return { kind: "no-abstract", pmid, title: documentTitle(document) };
    return { kind: "read", predicted: await this.classify(document, asking) };
  }

  classify(document: Document, asking?: Asking) {
    return this.#parts.classifier.predict(document, { priority: 1, ...asking });
  }

  async close(): Promise<void> {
    const { runner, queue, board } = this.#rooms;
    const stopped = queue.close();
    await runner.close();
    await stopped;
    board.close();
  }

  /** Jobs that somebody acted on: those in hand here are let go, those that wait again are called for. */
  #changed(jobs: readonly ExtractionJob[]): void {
    const { runner, queue, board } = this.#rooms;
    void runner.letGo(jobs.map(({ id }) => id));
    for (const job of jobs) board.publish(job);
    for (const job of jobs) if (!isEnded(job.stage)) board.leave(job.id);
    queue.call(jobs.filter(({ stage, isPaused }) => stage === "QUEUED" && !isPaused));
  }

  /** The job once its paper is fetched and has something to read, it has ended, or a moment has passed. */
  async #lookAlong(job: ExtractionJob): Promise<ExtractionJob> {
    const waitMillis = this.#parts.lookAlongMillis ?? 500;
    if (isEnded(job.stage) || waitMillis <= 0) return job;
    const { board, store } = this.#rooms;
    const states = board.follow(job.id, () => store.read(job.id));
    let latest = job;
    const looked = async () => {
      for await (const state of states) {
        latest = state;
        // A failure that is tried again is told by the job.
        if (!UNDECIDED.includes(state.stage) || state.retryAtMillis !== undefined) return;
      }
    };
    const over = new AbortController();
    const waited = setTimeout(waitMillis, undefined, { ref: false, signal: over.signal }).catch(
      () => undefined,
    );
    // A database that fails now has the job all the same: it is recorded.
    await Promise.race([looked().catch(() => undefined), waited]);
    over.abort();
    await states.return?.();
    return latest;
  }
}

/** Stages in which a paper may still turn out to have nothing to extract from. */
const UNDECIDED: readonly JobStage[] = ["QUEUED", "FETCHED"];

function toOutcome(job: ExtractionJob): SubmitOutcome {
  if (job.stage !== "FAILED" || job.error?.code !== "NOT_FOUND") return { kind: "job", job };
  const { pmid, title } = job;
  return title === undefined ? { kind: "publication-not-found", pmid } : { kind: "no-abstract", pmid, title };
}
