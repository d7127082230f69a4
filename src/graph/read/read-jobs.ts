/**
 * Extraction jobs as the graph keeps them, read back: one, a page of them, their numbers, and who does them.
 */
import { z } from "zod";
import { ERROR_CODES } from "../../core/errors.js";
import {
  type ExtractionJob,
  isEnded,
  JOB_PRIORITIES,
  JOB_STAGES,
  type JobFilter,
  type JobPage,
  type JobPriority,
  type JobStage,
  type JobWorker,
} from "../../core/extraction-job.js";
import type { Database } from "../neo4j/database.js";

const optional = {
  title: z.string().optional(),
  retryAtMillis: z.number().optional(),
  supersedes: z.string().optional(),
  error: z.object({ code: z.enum(ERROR_CODES), message: z.string(), retryable: z.boolean() }).optional(),
};
const reached = z.partialRecord(z.enum([...JOB_STAGES, "begun"]), z.number());
const jobShape = z
  .object({
    id: z.string(),
    pmid: z.string(),
    model: z.string(),
    stage: z.enum(JOB_STAGES),
    // A graph from before has jobs that nobody could pause or put behind others.
    priority: z.enum(JOB_PRIORITIES).default("INTERACTIVE"),
    isPaused: z.boolean().default(false),
    attempts: z.number().default(1),
    pairs: z.number(),
    pairsScored: z.number(),
    relations: z.number(),
    submittedAtMillis: z.number(),
    updatedAtMillis: z.number(),
    reachedAtMillis: reached.default({}),
    ...optional,
  })
  .transform(
    ({ title, retryAtMillis, supersedes, error, ...job }): ExtractionJob => ({
      ...job,
      ...(title === undefined ? {} : { title }),
      ...(retryAtMillis === undefined ? {} : { retryAtMillis }),
      ...(supersedes === undefined ? {} : { supersedes }),
      ...(error === undefined ? {} : { error }),
    }),
  );

/** Stages in which a job is still to be done. */
export const UNFINISHED: readonly JobStage[] = JOB_STAGES.filter((stage) => !isEnded(stage));

/** One job, or undefined for an unknown id. */
export async function readJob(database: Database, id: string): Promise<ExtractionJob | undefined> {
  const [row] = await database.read("jobs-by-ids", { ids: [id] });
  return row === undefined ? undefined : parseJob(row["record"]);
}

/** A job from its record. */
export function parseJob(record: unknown): ExtractionJob {
  return jobShape.parse(JSON.parse(String(record)));
}

/** A page of the jobs that pass a filter, the last submitted first. */
export async function jobPage(
  database: Database,
  filter: JobFilter,
  page: JobPage,
): Promise<ExtractionJob[]> {
  const [afterMillis, afterId] = page.after ?? [null, null];
  const params = { ...toFilterParams(filter), afterMillis, afterId, limit: page.limit };
  const rows = await database.read("jobs", params);
  return rows.map((row) => parseJob(row["record"]));
}

/** How many jobs pass a filter. */
export async function countJobs(database: Database, filter: JobFilter): Promise<number> {
  const [row] = await database.read("count-jobs", toFilterParams(filter));
  return z.number().parse(row?.["count"]);
}

/** The ids that pass a filter and follow `afterId`, in their order. */
export async function jobIds(
  database: Database,
  filter: JobFilter,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await database.read("job-ids", { ...toFilterParams(filter), afterId, limit });
  return rows.map((row) => String(row["id"]));
}

const stageShape = z.object({
  stage: z.enum(JOB_STAGES),
  isPaused: z.boolean(),
  isRunning: z.boolean(),
  count: z.number(),
});

/** How many jobs are in each stage, paused or not, in somebody's hand or not. */
export async function jobsByStage(database: Database): Promise<z.infer<typeof stageShape>[]> {
  return (await database.read("jobs-by-stage", {})).map((row) => stageShape.parse(row));
}

/** How many jobs have ended in the last so many milliseconds. */
export async function jobsEndedWithin(database: Database, millis: number): Promise<number> {
  const [row] = await database.read("jobs-ended-since", { millis });
  return z.number().parse(row?.["count"]);
}

const workerShape = z.object({
  id: z.string(),
  model: z.string(),
  host: z.string(),
  pid: z.number(),
  jobs: z.number(),
  isAlive: z.boolean(),
});

/** The processes that do jobs, or did within the last week. */
export async function jobWorkers(database: Database): Promise<JobWorker[]> {
  return (await database.read("job-workers", {})).map((row) => workerShape.parse(row));
}

/** The models that jobs wait for, and for how long no worker of each was heard of. */
export async function modelsOfWaitingJobs(
  database: Database,
): Promise<{ readonly model: string; readonly silentMillis: number }[]> {
  const shape = z.object({ model: z.string(), silentMillis: z.number() });
  return (await database.read("models-of-waiting-jobs", {})).map((row) => shape.parse(row));
}

/** The first jobs of a model that nobody has in hand; `left` by somebody who is gone. */
export async function waitingJobs(
  database: Database,
  model: string,
  limit: number,
): Promise<{ readonly id: string; readonly priority: JobPriority; readonly left: boolean }[]> {
  const shape = z.object({ id: z.string(), priority: z.enum(JOB_PRIORITIES), left: z.boolean() });
  return (await database.read("waiting-jobs", { model, limit })).map((row) => shape.parse(row));
}

/** How many relations of a paper a model has in the graph. */
export async function standingRelationsOf(database: Database, pmid: string, model: string): Promise<number> {
  const [row] = await database.read("count-evidence-of-source", { pmid, source: model });
  return z.number().parse(row?.["count"] ?? 0);
}

function toFilterParams({ ids, stages, priority, model, isPaused }: JobFilter) {
  return {
    ids: ids ?? null,
    stages: stages ?? null,
    priority: priority ?? null,
    model: model ?? null,
    isPaused: isPaused ?? null,
  };
}
