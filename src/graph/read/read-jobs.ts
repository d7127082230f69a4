/**
 * Extraction jobs as the graph keeps them, read back: by id, and those that a restart should take up.
 */
import { z } from "zod";
import { ERROR_CODES, type ErrorCode } from "../../core/errors.js";
import { JOB_STAGES, type JobStage, LAST_STAGES } from "../../core/extraction-job.js";
import type { Database } from "../neo4j/database.js";

/** A live extraction as stored; the jobs room gives the fields their meaning. */
export interface JobRecord {
  readonly id: string;
  readonly pmid: string;
  readonly model: string;
  readonly stage: JobStage;
  readonly pairs: number;
  readonly pairsScored: number;
  readonly relations: number;
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly retryable: boolean };
  readonly submittedAtMillis: number;
  readonly updatedAtMillis: number;
}

const jobShape = z
  .object({
    id: z.string(),
    pmid: z.string(),
    model: z.string(),
    stage: z.enum(JOB_STAGES),
    pairs: z.number(),
    pairsScored: z.number(),
    relations: z.number(),
    error: z.object({ code: z.enum(ERROR_CODES), message: z.string(), retryable: z.boolean() }).optional(),
    submittedAtMillis: z.number(),
    updatedAtMillis: z.number(),
  })
  .transform(({ error, ...job }): JobRecord => (error === undefined ? job : { ...job, error }));

/** One job, or undefined for an unknown id. */
export async function readJob(database: Database, id: string): Promise<JobRecord | undefined> {
  const [row] = await database.read("jobs-by-ids", { ids: [id] });
  return row === undefined ? undefined : parseJob(row["record"]);
}

/** All jobs that have not ended, the oldest first. */
export async function readUnfinishedJobs(database: Database): Promise<JobRecord[]> {
  const rows = await database.read("unfinished-jobs", { ended: LAST_STAGES });
  return rows.map((row) => parseJob(row["record"]));
}

function parseJob(record: unknown): JobRecord {
  return jobShape.parse(JSON.parse(String(record)));
}
