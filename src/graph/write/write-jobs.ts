/**
 * Keeps extractions in the graph, so that they survive a kill and are done by one process of several. One node a job,
 * with who has it in hand and until when. Jobs are taken under a lock, changed by whoever took them, and put back in
 * the same transaction; what a change may be is src/jobs' matter. Does not raise the graph's version: a job is no knowledge.
 */
import { hostname } from "node:os";
import { z } from "zod";
import { type ExtractionJob, isEnded, JOB_PRIORITIES } from "../../core/extraction-job.js";
import type { Database, Row, WriteTransaction } from "../neo4j/database.js";
import { parseJob, UNFINISHED } from "../read/read-jobs.js";

/** Who owns jobs, and for how long from a sign of life on. */
export interface JobOwner {
  readonly owner: string;
  readonly leaseMillis: number;
}

/** A job as stored. Times are the database's, as the owners' clocks may differ. */
export interface StoredJob {
  readonly job: ExtractionJob;
  /** Who has it in hand, or had it and is gone, as the lease says. */
  readonly owner: string | null;
  readonly leaseUntilMillis: number;
  /** Nobody begins it before. */
  readonly readyAtMillis: number;
}

/** A job that was taken for a change, and when by the database's clock. */
export interface TakenJob extends StoredJob {
  readonly nowMillis: number;
}

const takenRow = z.object({
  owner: z.nullable(z.string()),
  leaseUntilMillis: z.number(),
  readyAtMillis: z.number(),
  nowMillis: z.number(),
});

/** Takes jobs for a change; unknown ids are passed by. */
export async function lockJobs(transaction: WriteTransaction, ids: readonly string[]): Promise<TakenJob[]> {
  const rows = await transaction.run("lock-jobs", { ids: [...new Set(ids)].sort() });
  return rows.flatMap(toTaken);
}

/** Takes jobs that may be new; gives those that were there. */
export async function lockNewJobs(
  transaction: WriteTransaction,
  ids: readonly string[],
): Promise<{ readonly known: ReadonlyMap<string, TakenJob>; readonly nowMillis: number }> {
  const rows = await transaction.run("lock-new-jobs", { ids: [...new Set(ids)].sort() });
  const known = new Map(rows.flatMap((row) => toTaken(row).map((taken) => [taken.job.id, taken] as const)));
  return { known, nowMillis: z.number().parse(rows[0]?.["nowMillis"]) };
}

/** Takes the next jobs of a model that nobody has in hand; `urgentOnly` leaves those that are not. */
export async function lockNextJobs(
  transaction: WriteTransaction,
  model: string,
  limit: number,
  urgentOnly: boolean,
): Promise<TakenJob[]> {
  const before = urgentOnly ? PRIORITY_STEP : Number.MAX_VALUE;
  return (await transaction.run("lock-next-jobs", { model, before, limit })).flatMap(toTaken);
}

/** Writes jobs that were taken in this transaction. */
export async function putJobs(transaction: WriteTransaction, jobs: readonly StoredJob[]): Promise<void> {
  if (jobs.length > 0) await transaction.run("put-jobs", { rows: jobs.map(toRow) });
}

/** How many relations of a job's paper and model stand in the graph, as the transaction sees it. */
export async function standingRelations(
  transaction: WriteTransaction,
  { pmid, model }: ExtractionJob,
): Promise<number> {
  const [row] = await transaction.run("count-evidence-of-source", { pmid, source: model });
  return z.number().parse(row?.["count"] ?? 0);
}

/** Keeps jobs the owner's; gives those that still are. */
export async function renewLeases(
  database: Database,
  ids: readonly string[],
  owner: JobOwner,
): Promise<ReadonlySet<string>> {
  const rows = await database.write("renew-leases", { ids, ...owner, unfinished: UNFINISHED });
  return new Set(rows.map((row) => String(row["id"])));
}

/** Those of some jobs that are still the owner's. */
export async function ownedJobs(
  database: Database,
  ids: readonly string[],
  { owner }: JobOwner,
): Promise<ReadonlySet<string>> {
  const rows = await database.write("owned-jobs", { ids, owner, unfinished: UNFINISHED });
  return new Set(rows.map((row) => String(row["id"])));
}

/** Leaves the owner's unfinished jobs to whoever comes first. */
export async function releaseJobs(database: Database, { owner }: JobOwner): Promise<void> {
  await database.write("release-jobs", { owner, unfinished: UNFINISHED });
}

const FORGET_WORKER_MILLIS = 7 * 24 * 3_600_000;

/** A worker's sign of life: it does jobs of the model, and has so many in hand. */
export async function renewWorker(
  database: Database,
  { owner, leaseMillis }: JobOwner,
  model: string,
  jobs: number,
): Promise<void> {
  const where = { host: hostname(), pid: process.pid };
  const worker = { id: owner, model, jobs, leaseMillis: Math.max(0, leaseMillis), ...where };
  await database.write("renew-worker", { ...worker, forgetMillis: FORGET_WORKER_MILLIS });
}

/** Between two priorities in the order in which jobs are done; more than any time in milliseconds. */
const PRIORITY_STEP = 1e15;

function toTaken({ record, ...row }: Row): TakenJob[] {
  return record === null || record === undefined ? [] : [{ job: parseJob(record), ...takenRow.parse(row) }];
}

function toRow({ job, owner, leaseUntilMillis, readyAtMillis }: StoredJob) {
  const { id, pmid, model, stage, priority, isPaused, submittedAtMillis, updatedAtMillis } = job;
  const lessUrgent = JOB_PRIORITIES.length - 1 - JOB_PRIORITIES.indexOf(priority);
  const ended = isEnded(stage);
  return {
    ...{ id, pmid, model, stage, priority, isPaused, submittedAtMillis },
    record: JSON.stringify(job),
    waiting: ended || isPaused ? null : lessUrgent * PRIORITY_STEP + submittedAtMillis,
    owner: ended || isPaused ? null : owner,
    leaseUntilMillis: ended || isPaused ? 0 : leaseUntilMillis,
    readyAtMillis: ended ? 0 : readyAtMillis,
    endedAtMillis: ended ? updatedAtMillis : null,
  };
}
