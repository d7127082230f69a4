/** An extraction before anything was done for it. */
import { createHash } from "node:crypto";
import type { ExtractionJob, SubmitOptions } from "../core/extraction-job.js";

/** The job's identifier: the same for the same publication and model, whoever submits it. */
export function extractionJobId(pmid: string, model: string): string {
  return createHash("sha256").update(`${pmid}\n${model}`).digest("hex").slice(0, 24);
}

/** A publication's job as it is submitted. */
export function newJob(
  pmid: string,
  model: string,
  { priority = "INTERACTIVE", supersedes }: SubmitOptions = {},
): ExtractionJob {
  const now = Date.now();
  return {
    id: extractionJobId(pmid, model),
    pmid,
    model,
    stage: "QUEUED",
    priority,
    isPaused: false,
    attempts: 0,
    pairs: 0,
    pairsScored: 0,
    relations: 0,
    submittedAtMillis: now,
    updatedAtMillis: now,
    reachedAtMillis: { QUEUED: now },
    ...(supersedes === undefined ? {} : { supersedes }),
  };
}

/** A job put back to its beginning: what was done of it does not count. */
export function begunAgain(job: ExtractionJob, change: Partial<ExtractionJob> = {}): ExtractionJob {
  const { retryAtMillis: _, error: __, ...rest } = job;
  const now = Date.now();
  return {
    ...rest,
    stage: "QUEUED",
    pairs: 0,
    pairsScored: 0,
    relations: 0,
    updatedAtMillis: now,
    reachedAtMillis: { QUEUED: now },
    ...change,
  };
}

/** A job that came to no good end. */
export function endedJob(
  job: ExtractionJob,
  stage: "FAILED" | "CANCELLED",
  change: Pick<ExtractionJob, "relations"> & Partial<Pick<ExtractionJob, "error">>,
): ExtractionJob {
  const { retryAtMillis: _, error: __, ...rest } = job;
  const now = Date.now();
  return {
    ...rest,
    ...change,
    stage,
    isPaused: false,
    updatedAtMillis: now,
    reachedAtMillis: { ...job.reachedAtMillis, [stage]: now },
  };
}
