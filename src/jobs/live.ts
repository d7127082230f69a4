/**
 * Live extraction: a PMID comes in, its publication is fetched and classified and its evidence written, as a job that
 * survives a kill and that one server of several does. A job's record holds (pmid, model), its stage and its owner; what
 * an owner leaves another takes up by fetching again, and as every write is idempotent that gives the same graph.
 */
import { setTimeout } from "node:timers/promises";
import { type Document, documentTitle, hasAbstract } from "../core/document.js";
import type { DocumentSource } from "../core/document-source.js";
import { messageOf } from "../core/errors.js";
import {
  type ExtractionJob,
  type ExtractionService,
  isEnded,
  type SubmitOutcome,
} from "../core/extraction-job.js";
import { log } from "../core/log.js";
import type { Asking, RelationClassifier } from "../core/prediction.js";
import type { Database } from "../graph/neo4j/database.js";
import { newJob } from "./new-job.js";
import {
  checkPmid,
  fetchPublication,
  noAbstract,
  unknownPublication,
  withAbstract,
} from "./pipeline/fetch-publication.js";
import { jobFailure, runExtraction } from "./pipeline/run-extraction.js";
import { jobQueue, PRIORITY } from "./queue/in-process.js";
import { JobBoard } from "./queue/job-board.js";
import { isLost, RunningJob } from "./running-job.js";
import { JobStore } from "./store.js";

/** What the service works with. The classifier and the database stay the caller's to close. */
interface ExtractionParts {
  readonly source: DocumentSource;
  readonly classifier: RelationClassifier;
  readonly database: Database;
  /** Longest wait for a publication, in milliseconds; 30,000 if not given. */
  readonly fetchDeadlineMillis?: number;
  /** How long of that whoever submits waits along, to be told what comes of it; 3,000 if not given. */
  readonly submitWaitMillis?: number;
  /** Jobs at a time; 2 if not given, as one classification fills the cores by itself. */
  readonly concurrency?: number;
  /** How long a job stays its owner's after a sign of life, of which ten are given meanwhile; 30,000 if not given. */
  readonly leaseMillis?: number;
}

/** So long a cancellation waits for its job to end before it tells how the job is. */
const CANCEL_WAIT_MILLIS = 5_000;
const CANCEL_POLL_MILLIS = 100;

/** Starts the service and the jobs that no server does any more. */
export async function createExtractionService(parts: ExtractionParts): Promise<ExtractionService> {
  const service = new Extractions(parts);
  await service.start();
  return service;
}

/** A job of ours from when it is claimed until its end is recorded. */
interface Run {
  readonly job: RunningJob;
  readonly stop: AbortController;
  /** Another server has it now: our hands off. */
  isLost: boolean;
  /** Resolves when nothing is done for it any more. */
  done: Promise<void>;
}

class Extractions implements ExtractionService {
  readonly #parts: ExtractionParts;
  readonly #store: JobStore;
  readonly #leaseMillis: number;
  readonly #board = new JobBoard();
  readonly #queue;
  readonly #closing = new AbortController();
  readonly #submitting = new Map<string, Promise<SubmitOutcome>>();
  readonly #runs = new Map<string, Run>();
  #signsOfLife: Promise<void> = Promise.resolve();

  constructor(parts: ExtractionParts) {
    this.#parts = parts;
    this.#leaseMillis = parts.leaseMillis ?? 30_000;
    this.#store = new JobStore(parts.database, parts.classifier.info.id, this.#leaseMillis);
    this.#queue = jobQueue(parts.concurrency ?? 2);
  }

  async start(): Promise<void> {
    await this.#takeUp();
    this.#signsOfLife = this.#giveSignsOfLife();
  }

  async submit(pmid: string): Promise<SubmitOutcome> {
    checkPmid(pmid);
    const job = newJob(pmid, this.#parts.classifier.info.id);
    const already = this.#submitting.get(job.id);
    if (already !== undefined) return already;
    const submitting = this.#findOrStart(job).finally(() => this.#submitting.delete(job.id));
    this.#submitting.set(job.id, submitting);
    return submitting;
  }

  async job(id: string): Promise<ExtractionJob | undefined> {
    return this.#board.current(id) ?? (await this.#store.read(id));
  }

  async cancel(id: string): Promise<ExtractionJob | undefined> {
    const run = this.#runs.get(id);
    if (run !== undefined) {
      run.stop.abort();
      await Promise.race([run.done, setTimeout(CANCEL_WAIT_MILLIS, undefined, { ref: false })]);
      return this.job(id);
    }
    const job = await this.job(id);
    if (job === undefined || isEnded(job.stage)) return job;
    const [left] = await this.#store.takeUp(id);
    if (left === undefined) return this.#cancelElsewhere(id);
    // Nobody does it: its record is ended here.
    const taken = this.#begin(left);
    taken.stop.abort();
    this.#finish(taken, this.#end(taken, undefined));
    await taken.done;
    return this.job(id);
  }

  async progress(id: string): Promise<AsyncIterable<ExtractionJob> | undefined> {
    if ((await this.job(id)) === undefined) return undefined;
    return this.#board.follow(id, () => this.#store.read(id));
  }

  classify(document: Document, asking?: Asking) {
    return this.#parts.classifier.predict(document, asking);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    for (const { stop } of this.#runs.values()) stop.abort();
    await this.#queue.close();
    await Promise.all([...this.#runs.values()].map(({ done }) => done));
    await this.#signsOfLife;
    this.#board.close();
    await this.#store.release();
  }

  async #findOrStart(job: ExtractionJob): Promise<SubmitOutcome> {
    const { id, pmid } = job;
    const { claimed, before } = await this.#store.claim(job);
    if (!claimed) return { kind: "job", job: this.#board.current(id) ?? before ?? job };
    const run = this.#begin(job);
    const fetching = this.#fetch(pmid, run.stop.signal);
    const waited = setTimeout(this.#parts.submitWaitMillis ?? 3_000, "slow" as const, { ref: false });
    try {
      const fetched = await Promise.race([fetching, waited]);
      if (fetched === undefined) {
        await this.#withdraw(run, before, unknownPublication(pmid));
        return { kind: "publication-not-found", pmid };
      }
      if (fetched !== "slow" && !hasAbstract(fetched)) {
        await this.#withdraw(run, before, noAbstract(pmid));
        return { kind: "no-abstract", pmid, title: documentTitle(fetched) };
      }
      this.#enqueue(run, () => fetching, PRIORITY.submitted, fetching);
      return { kind: "job", job };
    } catch (fault) {
      if (!run.stop.signal.aborted) {
        await this.#withdraw(run, before, fault);
        throw fault;
      }
      this.#finish(run, this.#end(run, fault));
      await run.done;
      return { kind: "job", job: run.job.job };
    }
  }

  /** A job of ours, shown; nothing is done for it yet. */
  #begin(job: ExtractionJob): Run {
    const places = { database: this.#parts.database, store: this.#store, board: this.#board };
    const run: Run = {
      job: new RunningJob(job, places),
      stop: new AbortController(),
      isLost: false,
      done: Promise.resolve(),
    };
    this.#runs.set(job.id, run);
    return run;
  }

  /** Does the job in its turn, once `ready` has settled. */
  #enqueue(
    run: Run,
    document: () => Promise<Document | undefined>,
    priority: number,
    ready: Promise<unknown> = Promise.resolve(),
  ): void {
    const { signal } = run.stop;
    const { pmid } = run.job.job;
    const extract = async () => {
      const fetched = withAbstract(pmid, await document());
      await runExtraction(fetched, this.#parts.classifier, run.job, signal);
    };
    const work = ready
      .catch(() => undefined)
      .then(() => this.#queue.add(extract, { signal, priority }))
      .catch((fault: unknown) => this.#end(run, fault));
    this.#finish(run, work);
  }

  #finish(run: Run, work: Promise<void>): void {
    run.done = work
      .catch((fault: unknown) => {
        log("error", "an extraction could not be ended", { id: run.job.job.id, fault: messageOf(fault) });
        run.job.leave();
      })
      .finally(() => this.#forget(run));
  }

  #forget(run: Run): void {
    const { id } = run.job.job;
    if (this.#runs.get(id) === run) this.#runs.delete(id);
  }

  /** What a job ends as that did not get through. */
  async #end(run: Run, fault: unknown): Promise<void> {
    // When the process shuts down the record stays unfinished, for whoever takes it up.
    if (this.#closing.signal.aborted) return;
    if (run.isLost || isLost(fault)) return run.job.lose(this.#closing.signal);
    const cancelled = run.stop.signal.aborted;
    const change = cancelled
      ? { stage: "CANCELLED" as const }
      : { stage: "FAILED" as const, error: jobFailure(fault) };
    await run.job.end(change, this.#closing.signal);
  }

  /** Nothing comes of a job that was only just claimed: its record is what it was, or says why. */
  async #withdraw(run: Run, before: ExtractionJob | undefined, fault: unknown): Promise<void> {
    const { id } = run.job.job;
    if (before !== undefined) this.#finish(run, this.#end(run, fault));
    else
      this.#finish(
        run,
        this.#store.remove(id).then(() => run.job.leave()),
      );
    await run.done;
  }

  async #cancelElsewhere(id: string): Promise<ExtractionJob | undefined> {
    await this.#store.askToStop(id);
    const deadline = Date.now() + CANCEL_WAIT_MILLIS;
    for (;;) {
      const job = await this.#store.read(id);
      if (job === undefined || isEnded(job.stage) || Date.now() > deadline) return job;
      await setTimeout(CANCEL_POLL_MILLIS);
    }
  }

  async #giveSignsOfLife(): Promise<void> {
    const { signal } = this.#closing;
    const pause = { signal, ref: false };
    while (await setTimeout(this.#leaseMillis / 10, true, pause).catch(() => false)) {
      try {
        await this.#renew();
        await this.#takeUp();
      } catch (fault) {
        log("warn", "the jobs' database does not answer", { fault: messageOf(fault) });
      }
    }
  }

  async #renew(): Promise<void> {
    const runs = [...this.#runs];
    if (runs.length === 0) return;
    const ours = await this.#store.renew(runs.map(([id]) => id));
    for (const [id, run] of runs) {
      const lease = ours.get(id);
      if (lease !== undefined && !lease.stopAsked) continue;
      // One that has just ended is no more ours either; then there is nothing left to stop.
      run.isLost = lease === undefined;
      run.stop.abort();
    }
  }

  /** Takes up what no server does any more. */
  async #takeUp(): Promise<void> {
    const left = await this.#store.takeUp();
    const taken = left.filter(({ id }) => !this.#runs.has(id));
    if (taken.length > 0) log("info", "taking up unfinished extractions", { jobs: taken.length });
    for (const job of taken) {
      const run = this.#begin({ ...job, stage: "QUEUED" });
      const begun = run.job.change({ stage: "QUEUED", pairsScored: 0 });
      this.#enqueue(run, () => this.#fetch(job.pmid, run.stop.signal), PRIORITY.takenUp, begun);
    }
  }

  #fetch(pmid: string, signal: AbortSignal): Promise<Document | undefined> {
    return fetchPublication(this.#parts.source, pmid, signal, this.#parts.fetchDeadlineMillis ?? 30_000);
  }
}
