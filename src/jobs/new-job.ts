/** A live extraction before anything was done for it. */
import { createHash } from "node:crypto";
import type { ExtractionJob } from "../core/extraction-job.js";

/** The job's identifier: the same for the same publication and model, whoever submits it. */
export function extractionJobId(pmid: string, model: string): string {
  return createHash("sha256").update(`${pmid}\n${model}`).digest("hex").slice(0, 24);
}

/** A publication's job as it is submitted. */
export function newJob(pmid: string, model: string): ExtractionJob {
  const now = Date.now();
  return {
    id: extractionJobId(pmid, model),
    pmid,
    model,
    stage: "QUEUED",
    pairs: 0,
    pairsScored: 0,
    relations: 0,
    submittedAtMillis: now,
    updatedAtMillis: now,
  };
}
