/**
 * Keeps live extractions in the graph, so that they survive a kill and are done by one server of several. One node a
 * job, with who owns it and until when; a job whose owner gives no sign of life is free for the next. Does not raise the
 * graph's version: a job is no knowledge.
 */
import { z } from "zod";
import { type ExtractionJob, isEnded, JOB_STAGES, type JobStage } from "../../core/extraction-job.js";
import type { Database, WriteTransaction } from "../neo4j/database.js";
import { parseJob } from "../read/read-jobs.js";

/** Who owns jobs, and for how long from a sign of life on. */
export interface JobOwner {
  readonly owner: string;
  readonly leaseMillis: number;
}

const unfinished = JOB_STAGES.filter((stage) => !isEnded(stage));
/** Ends after which submitting again starts anew. */
const anew: readonly JobStage[] = ["FAILED", "CANCELLED"];

const claimRow = z.object({ claimed: z.boolean(), before: z.nullable(z.string()) });
const updateRow = z.object({ held: z.boolean(), record: z.string() });
const leaseRow = z.object({ id: z.string(), stopAsked: z.boolean() });

/** Makes a job the owner's if it is free; gives what was recorded of it before. */
export async function claimJob(
  database: Database,
  job: ExtractionJob,
  owner: JobOwner,
): Promise<{ readonly claimed: boolean; readonly before?: ExtractionJob }> {
  const { id, pmid, model, stage, submittedAtMillis } = job;
  const params = { id, pmid, model, stage, submittedAtMillis, record: JSON.stringify(job), ...owner };
  const [row] = await database.write("claim-job", { ...params, unfinished, anew });
  const { claimed, before } = claimRow.parse(row);
  return before === null ? { claimed } : { claimed, before: parseJob(before) };
}

/** Makes the model's unfinished jobs the owner's that nobody owns any more, or one of them; the oldest first. */
export async function takeUpJobs(
  database: Database,
  model: string,
  owner: JobOwner,
  id: string | null = null,
): Promise<ExtractionJob[]> {
  const rows = await database.write("take-up-jobs", { model, id, ...owner, unfinished });
  return rows.map((row) => parseJob(row["record"]));
}

/** Writes a job as it is now; `held` is false, and nothing written, where it has ended or is another's. */
export async function updateJob(
  transaction: WriteTransaction,
  job: ExtractionJob,
  owner: JobOwner,
): Promise<{ readonly held: boolean; readonly job?: ExtractionJob }> {
  const { id, stage } = job;
  const params = { id, stage, record: JSON.stringify(job), ...owner, unfinished };
  const [row] = await transaction.run("update-job", params);
  if (row === undefined) return { held: false };
  const { held, record } = updateRow.parse(row);
  return { held, job: parseJob(record) };
}

/** Keeps jobs the owner's; gives those that still are, and whether their end was asked for. */
export async function renewLeases(
  database: Database,
  ids: readonly string[],
  owner: JobOwner,
): Promise<Map<string, { readonly stopAsked: boolean }>> {
  const rows = await database.write("renew-leases", { ids, ...owner, unfinished });
  return new Map(rows.map((row) => leaseRow.parse(row)).map(({ id, stopAsked }) => [id, { stopAsked }]));
}

/** Leaves the owner's unfinished jobs to whoever comes first. */
export async function releaseJobs(database: Database, { owner }: JobOwner): Promise<void> {
  await database.write("release-jobs", { owner, unfinished });
}

/** Asks for the end of a job that another owner has. */
export async function askJobToStop(database: Database, id: string): Promise<void> {
  await database.write("ask-job-to-stop", { id, unfinished });
}

/** Forgets a job of the owner's. */
export async function removeJob(database: Database, id: string, { owner }: JobOwner): Promise<void> {
  await database.write("remove-job", { id, owner });
}
