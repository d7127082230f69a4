/**
 * The last stage of live jobs: evidence and the job that says that it is written, both or neither. Jobs that are ready at the
 * same time are written in one transaction, as each writes under locks that the others would wait for.
 */
import { BioWeftError } from "../../core/errors.js";
import type { ExtractionJob } from "../../core/extraction-job.js";
import { gathered } from "../../core/turns/gathered.js";
import type { Database, WriteTransaction } from "../../graph/neo4j/database.js";
import { type DocumentWrite, writeDocuments } from "../../graph/write/write-documents.js";

/** A job's evidence, the job as it is once that is written, and what calls it off. */
interface JobWrite {
  readonly written: DocumentWrite;
  readonly job: ExtractionJob;
  readonly signal: AbortSignal;
}

/** Where jobs are recorded. */
interface JobRecords {
  /** Records jobs of ours; false for each that is ours no more, or has ended. */
  updateIn(transaction: WriteTransaction, jobs: readonly ExtractionJob[]): Promise<boolean[]>;
}

/** Writes one job's evidence. Throws LOCKED where the job is ours no more, and what writing throws; nothing is written then. */
export type WriteJob = (write: JobWrite) => Promise<void>;

/** The writer of a process's jobs. */
export function writerOfJobs(database: Database, records: JobRecords): WriteJob {
  return gathered(async (writes: readonly JobWrite[]) => {
    const jobs = writes.map(({ job }) => job);
    await writeDocuments(
      database,
      writes.map(({ written }) => written),
      {
        signal: AbortSignal.any(writes.map(({ signal }) => signal)),
        together: async (transaction) => {
          const areOurs = await records.updateIn(transaction, jobs);
          const lost = jobs.find((_, index) => areOurs[index] !== true);
          if (lost !== undefined) throw lostJob(lost);
        },
      },
    );
    return writes.map(() => undefined);
  });
}

/** The fault of a change to a job that has ended, or that somebody else has in hand. */
export function lostJob({ pmid }: ExtractionJob): BioWeftError {
  return new BioWeftError("LOCKED", "the extraction has ended, or is in other hands now", {
    place: { pmid },
  });
}
