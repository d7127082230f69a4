/**
 * What wakes those who do jobs. A queue only says that a job waits; whether it may be begun, and by whom, is settled in
 * the graph, so that a call that is lost, late or given twice costs time and nothing else.
 */
import type { ExtractionJob, JobPriority } from "../../core/extraction-job.js";

/** A call to do a job. */
export interface JobCall {
  readonly id: string;
  readonly priority: JobPriority;
  /** Not before so many milliseconds; 0 if not given. */
  readonly afterMillis?: number;
}

/** Whoever does jobs, as a queue knows them. */
export interface JobDoer {
  /** Jobs in hand at a time; of them are kept free for urgent ones. */
  readonly slots: { readonly all: number; readonly urgent: number };
  /** Takes the next jobs that wait, at most so many, and of those that are not urgent so many. */
  claimNext(limit: number, bulkLimit: number): Promise<readonly ExtractionJob[]>;
  /** Takes this job, if it may be begun. */
  claim(id: string): Promise<ExtractionJob | undefined>;
  /** Does a job that was taken, to its end; never throws. */
  perform(job: ExtractionJob): Promise<void>;
  /** The first jobs that wait and that nobody has in hand, without taking them. */
  waiting(limit: number): Promise<readonly (JobCall & { readonly left: boolean })[]>;
}

/** A queue that somebody does the jobs of. */
export interface JobQueue {
  /** Calls for jobs. Never throws: what cannot be called for is found waiting later. */
  call(calls: readonly JobCall[]): void;
  /** Begins nothing more, and resolves when nothing runs: whoever closes tells what runs to stop. */
  close(): Promise<void>;
}
