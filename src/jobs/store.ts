/**
 * The jobs in the graph as one server sees them: its own, which it holds by giving signs of life, and those that it may
 * take up as nobody else does. Several servers on one graph never do the same job at a time.
 */
import { randomUUID } from "node:crypto";
import type { ExtractionJob } from "../core/extraction-job.js";
import type { Database, WriteTransaction } from "../graph/neo4j/database.js";
import { readJob } from "../graph/read/read-jobs.js";
import {
  askJobToStop,
  claimJob,
  type JobOwner,
  releaseJobs,
  removeJob,
  renewLeases,
  takeUpJobs,
  updateJob,
} from "../graph/write/write-jobs.js";

/** One server's access to the jobs of one model. */
export class JobStore {
  readonly #database: Database;
  readonly #model: string;
  readonly #owner: JobOwner;

  /** Jobs are free for others `leaseMillis` after this server's last sign of life. */
  constructor(database: Database, model: string, leaseMillis: number) {
    this.#database = database;
    this.#model = model;
    this.#owner = { owner: randomUUID(), leaseMillis };
  }

  /** The job as recorded, whoever does it. */
  read(id: string): Promise<ExtractionJob | undefined> {
    return readJob(this.#database, id);
  }

  /** Makes the job ours where it is new, ended without success, or left; gives what was recorded before. */
  claim(job: ExtractionJob): Promise<{ readonly claimed: boolean; readonly before?: ExtractionJob }> {
    return claimJob(this.#database, job, this.#owner);
  }

  /** Makes ours what others left unfinished of our model, or one job of any; the oldest first. */
  takeUp(id?: string): Promise<ExtractionJob[]> {
    return takeUpJobs(this.#database, this.#model, this.#owner, id);
  }

  /** Records a job of ours as it is now; where it is ours no more, tells what is recorded, and changes nothing. */
  update(
    job: ExtractionJob,
    transaction?: WriteTransaction,
  ): Promise<{ readonly held: boolean; readonly job?: ExtractionJob }> {
    const write = (open: WriteTransaction) => updateJob(open, job, this.#owner);
    return transaction === undefined ? this.#database.transact(write) : write(transaction);
  }

  /** A sign of life: which of the jobs are still ours, and whether somebody asked for their end. */
  renew(ids: readonly string[]): Promise<Map<string, { readonly stopAsked: boolean }>> {
    return renewLeases(this.#database, ids, this.#owner);
  }

  /** Asks whoever does the job to stop. */
  askToStop(id: string): Promise<void> {
    return askJobToStop(this.#database, id);
  }

  /** Forgets a job of ours that came to nothing. */
  remove(id: string): Promise<void> {
    return removeJob(this.#database, id, this.#owner);
  }

  /** Leaves our unfinished jobs to whoever comes first. */
  release(): Promise<void> {
    return releaseJobs(this.#database, this.#owner);
  }
}
