/**
 * Extraction jobs as the graph keeps them, read back.
 */
import { z } from "zod";
import { ERROR_CODES } from "../../core/errors.js";
import { type ExtractionJob, JOB_STAGES } from "../../core/extraction-job.js";
import type { Database } from "../neo4j/database.js";

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
  .transform(({ error, ...job }): ExtractionJob => (error === undefined ? job : { ...job, error }));

/** One job, or undefined for an unknown id. */
export async function readJob(database: Database, id: string): Promise<ExtractionJob | undefined> {
  const [row] = await database.read("jobs-by-ids", { ids: [id] });
  return row === undefined ? undefined : parseJob(row["record"]);
}

/** A job from its record. */
export function parseJob(record: unknown): ExtractionJob {
  return jobShape.parse(JSON.parse(String(record)));
}
