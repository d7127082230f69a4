/**
 * Extraction jobs for tests: built with what matters, and left in the graph as a process leaves them that is killed.
 */
import type { ExtractionJob } from "../../src/core/extraction-job.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { lockNewJobs, putJobs, type StoredJob } from "../../src/graph/write/write-jobs.js";
import { newJob } from "../../src/jobs/new-job.js";

/** A job of a PMID and a model, as it was submitted unless told otherwise. */
export function aJob(parts: Partial<ExtractionJob> = {}): ExtractionJob {
  return { ...newJob(parts.pmid ?? "90010001", parts.model ?? "model@1"), ...parts };
}

/** Records a job as it stands, in nobody's hand, or in one whose lease has passed or is still to. */
export async function recordJob(
  database: Database,
  job: ExtractionJob,
  { owner = null, leaseUntilMillis = 0, readyAtMillis = 0 }: Partial<StoredJob> = {},
): Promise<void> {
  await database.transact(async (transaction) => {
    await lockNewJobs(transaction, [job.id]);
    await putJobs(transaction, [{ job, owner, leaseUntilMillis, readyAtMillis }]);
  });
}
