/**
 * Live extraction: a PMID comes in, its publication is fetched and classified and its evidence written, as a job
 * that survives a kill. A job's record holds (pmid, model) and its stage; a process that starts picks up what
 * another left, by fetching again, and as every write is idempotent that gives the same graph.
 */
import { createHash } from "node:crypto";
import { type Document, documentTitle, hasAbstract } from "../core/document.js";
import type { DocumentSource } from "../core/document-source.js";
import { BioWeftError } from "../core/errors.js";
import type { ExtractionJob, ExtractionService, SubmitOutcome } from "../core/extraction-job.js";
import { log } from "../core/log.js";
import type { RelationClassifier } from "../core/prediction.js";
import type { Database } from "../graph/neo4j/database.js";
import { readJob, readUnfinishedJobs } from "../graph/read/read-jobs.js";
import { writeJob } from "../graph/write/write-jobs.js";
import { type JobChange, jobFailure, runExtraction } from "./pipeline/run-extraction.js";
import { jobQueue } from "./queue/in-process.js";
import { isEnded, JobBoard } from "./queue/job-board.js";

/** What the service works with. The classifier and the database stay the caller's to close. */
export interface ExtractionParts {
  readonly source: DocumentSource;
  readonly classifier: RelationClassifier;
  readonly database: Database;
  /** Longest wait for a publication, in milliseconds; 30,000 if not given. */
  readonly fetchDeadlineMillis?: number;
  /** Jobs at a time; 2 if not given, as one classification fills the cores by itself. */
  readonly concurrency?: number;
}

/** Starts the service and the jobs that an earlier process left unfinished. */
export async function createExtractionService(parts: ExtractionParts): Promise<ExtractionService> {
  const service = new Extractions(parts);
  await service.resume();
  return service;
}

/** The job's identifier: the same for the same publication and model, whoever submits it. */
export function extractionJobId(pmid: string, model: string): string {
  return createHash("sha256").update(`${pmid}\n${model}`).digest("hex").slice(0, 24);
}

class Extractions implements ExtractionService {
  readonly #parts: ExtractionParts;
  readonly #board = new JobBoard();
  readonly #queue;
  readonly #submitting = new Map<string, Promise<SubmitOutcome>>();
  readonly #cancels = new Map<string, AbortController>();
  readonly #running = new Set<string>();

  constructor(parts: ExtractionParts) {
    this.#parts = parts;
    this.#queue = jobQueue(parts.concurrency ?? 2);
  }

  async resume(): Promise<void> {
    const model = this.#parts.classifier.info.id;
    const left = (await readUnfinishedJobs(this.#parts.database)).filter((job) => job.model === model);
    if (left.length > 0) log("info", "taking up unfinished extractions", { jobs: left.length });
    for (const job of left) await this.#start({ ...job, stage: "QUEUED" });
  }

  async submit(pmid: string): Promise<SubmitOutcome> {
    checkPmid(pmid);
    const id = extractionJobId(pmid, this.#parts.classifier.info.id);
    const already = this.#submitting.get(id);
    if (already !== undefined) return already;
    const submitting = this.#findOrStart(id, pmid).finally(() => this.#submitting.delete(id));
    this.#submitting.set(id, submitting);
    return submitting;
  }

  async job(id: string): Promise<ExtractionJob | undefined> {
    return this.#board.current(id) ?? (await readJob(this.#parts.database, id));
  }

  async cancel(id: string): Promise<ExtractionJob | undefined> {
    const job = await this.job(id);
    if (job === undefined || isEnded(job.stage)) return job;
    this.#cancels.get(id)?.abort();
    // One that waits, or that another process left, has nothing to stop: its record is ended here.
    if (!this.#running.has(id)) return this.#change(job, { stage: "CANCELLED" });
    for await (const state of this.#board.follow(id, () => readJob(this.#parts.database, id))) {
      if (isEnded(state.stage)) return state;
    }
    return this.job(id);
  }

  async progress(id: string): Promise<AsyncIterable<ExtractionJob> | undefined> {
    if ((await this.job(id)) === undefined) return undefined;
    return this.#board.follow(id, () => readJob(this.#parts.database, id));
  }

  classify(document: Document) {
    return this.#parts.classifier.predict(document);
  }

  async close(): Promise<void> {
    await this.#queue.close();
    this.#board.close();
  }

  async #findOrStart(id: string, pmid: string): Promise<SubmitOutcome> {
    const found = await this.job(id);
    if (found !== undefined && found.stage !== "FAILED" && found.stage !== "CANCELLED") {
      return { kind: "job", job: found };
    }
    const document = await this.#fetch(pmid);
    if (document === undefined) return { kind: "publication-not-found", pmid };
    if (!hasAbstract(document)) return { kind: "no-abstract", pmid, title: documentTitle(document) };
    const now = Date.now();
    const job: ExtractionJob = {
      id,
      pmid,
      model: this.#parts.classifier.info.id,
      stage: "QUEUED",
      pairs: 0,
      pairsScored: 0,
      relations: 0,
      submittedAtMillis: now,
      updatedAtMillis: now,
    };
    return { kind: "job", job: await this.#start(job, document) };
  }

  /** Records the job, queues it, and gives it as recorded; what was fetched already is not fetched again. */
  async #start(job: ExtractionJob, document?: Document): Promise<ExtractionJob> {
    const cancel = new AbortController();
    this.#cancels.set(job.id, cancel);
    const queued = await this.#change(job, {});
    this.#queue.add(async (closing) => {
      if (cancel.signal.aborted) return;
      this.#running.add(job.id);
      await this.#run(queued, document, AbortSignal.any([cancel.signal, closing]), closing);
      this.#running.delete(job.id);
      if (this.#cancels.get(job.id) === cancel) this.#cancels.delete(job.id);
    });
    return queued;
  }

  async #run(
    job: ExtractionJob,
    document: Document | undefined,
    signal: AbortSignal,
    closing: AbortSignal,
  ): Promise<void> {
    let current = job;
    const report = async (change: JobChange) => {
      current = await this.#change(current, change);
    };
    try {
      const fetched = document ?? (await this.#fetch(job.pmid, signal));
      if (fetched === undefined) throw unknownPublication(job.pmid);
      await runExtraction(fetched, this.#parts, report, signal);
    } catch (fault) {
      // When the process shuts down the record stays unfinished, for the next start to take up.
      if (closing.aborted) return;
      await this.#fail(current, fault, signal.aborted);
    }
  }

  async #fail(job: ExtractionJob, fault: unknown, cancelled: boolean): Promise<void> {
    const change: JobChange = cancelled
      ? { stage: "CANCELLED" }
      : { stage: "FAILED", error: jobFailure(fault) };
    try {
      await this.#change(job, change);
    } catch (unwritten) {
      // The database is what failed: followers are told all the same, and the next start tries again.
      log("error", "an extraction's end could not be recorded", { id: job.id, fault: String(unwritten) });
      this.#board.publish({ ...job, ...change, updatedAtMillis: Date.now() });
    }
  }

  async #change(job: ExtractionJob, change: JobChange): Promise<ExtractionJob> {
    const changed = { ...job, ...change, updatedAtMillis: Date.now() };
    await writeJob(this.#parts.database, changed);
    this.#board.publish(changed);
    return changed;
  }

  async #fetch(pmid: string, signal?: AbortSignal): Promise<Document | undefined> {
    const { source, fetchDeadlineMillis = 30_000 } = this.#parts;
    const deadline = AbortSignal.timeout(fetchDeadlineMillis);
    try {
      return await source.fetchDocument(pmid, signal ? AbortSignal.any([signal, deadline]) : deadline);
    } catch (fault) {
      if (!deadline.aborted || signal?.aborted === true) throw fault;
      const reason = `${source.name} did not answer within ${fetchDeadlineMillis / 1000} s; try again later`;
      throw new BioWeftError("TIMEOUT", reason, { place: { pmid }, cause: fault });
    }
  }
}

function checkPmid(pmid: string): void {
  if (/^[1-9]\d{0,8}$/.test(pmid)) return;
  throw new BioWeftError(
    "BAD_INPUT",
    `"${pmid.slice(0, 40)}" is not a PMID; give up to nine digits, as in 29630580`,
  );
}

function unknownPublication(pmid: string): BioWeftError {
  return new BioWeftError("NOT_FOUND", "the publication is no longer known to its source", {
    place: { pmid },
  });
}
