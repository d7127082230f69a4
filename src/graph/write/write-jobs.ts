/**
 * Keeps live extractions in the graph, so that they survive a kill. One node a job, written at every change.
 */
import type { Database } from "../neo4j/database.js";
import type { JobRecord } from "../read/read-jobs.js";

/** Writes a job as it is now, over what was there. Does not raise the graph's version: a job is no knowledge. */
export async function writeJob(database: Database, job: JobRecord): Promise<void> {
  const { id, stage, pmid, model, submittedAtMillis } = job;
  const record = JSON.stringify(job);
  await database.write("write-job", { id, stage, pmid, model, submittedAtMillis, record });
}
