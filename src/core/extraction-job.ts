/**
 * What an extraction is: its stages, its outcome, and the service that runs it. The API shows these as they are;
 * src/jobs does the work, in this process or, over Redis, in others.
 */
import type { Document } from "./document.js";
import type { ErrorCode } from "./errors.js";
import type { Asking, DocumentPredictions } from "./prediction.js";

/** Stages in order; FAILED and CANCELLED may follow any of them. */
export const JOB_STAGES = [
  "QUEUED",
  "FETCHED",
  "ANNOTATED",
  "SCORED",
  "WRITTEN",
  "FAILED",
  "CANCELLED",
] as const;
export type JobStage = (typeof JOB_STAGES)[number];

/** Stages after which a job does not change any more. */
const LAST_STAGES: readonly JobStage[] = ["WRITTEN", "FAILED", "CANCELLED"];

/** Whether a job in this stage will not change any more. */
export function isEnded(stage: JobStage): boolean {
  return LAST_STAGES.includes(stage);
}

/** Who waits for a job, the least urgent first: an operator's run over many papers, or somebody who looks on. */
export const JOB_PRIORITIES = ["BULK", "INTERACTIVE"] as const;
export type JobPriority = (typeof JOB_PRIORITIES)[number];

/** One extraction. Idempotent for (pmid, model): submitting again gives the same id. */
export interface ExtractionJob {
  readonly id: string;
  readonly pmid: string;
  readonly model: string;
  /** The paper's title, once fetched. */
  readonly title?: string;
  readonly stage: JobStage;
  readonly priority: JobPriority;
  /** Nobody begins it until it is resumed. */
  readonly isPaused: boolean;
  /** How often it was begun. */
  readonly attempts: number;
  /** When it is tried again, after the failure in `error`; milliseconds since 1970. */
  readonly retryAtMillis?: number;
  /** The model whose evidence of this paper gives way to this job's; absent: it stands beside. */
  readonly supersedes?: string;
  /** Candidates in the document, once annotated; and how many of them are scored: of a long paper not all are asked. */
  readonly pairs: number;
  readonly pairsScored: number;
  /** Relations of this paper and model that stand in the graph, once the job has ended, however it did. */
  readonly relations: number;
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly retryable: boolean };
  /** Milliseconds since 1970. */
  readonly submittedAtMillis: number;
  readonly updatedAtMillis: number;
  /** When this attempt reached each stage, and `begun` when it was taken up; milliseconds since 1970. */
  readonly reachedAtMillis: Readonly<Partial<Record<JobStage | "begun", number>>>;
}

/** What submitting a PMID can give: a job, or the reason why nothing comes of it, where that is known at once. */
export type SubmitOutcome =
  | { readonly kind: "job"; readonly job: ExtractionJob }
  | { readonly kind: "publication-not-found"; readonly pmid: string }
  | { readonly kind: "no-abstract"; readonly pmid: string; readonly title: string };

/** What reading a PMID without writing it can give. */
export type ReadingOutcome =
  | { readonly kind: "read"; readonly predicted: DocumentPredictions }
  | Exclude<SubmitOutcome, { kind: "job" }>;

/** How a publication is submitted. */
export interface SubmitOptions {
  /** INTERACTIVE if not given. */
  readonly priority?: JobPriority;
  /** Also where it was done already: fetches it anew, and reads it where it has changed since. */
  readonly again?: boolean;
  /** A model whose evidence of the paper is to give way to this one's. */
  readonly supersedes?: string;
}

/** Which jobs; without any part, all. */
export interface JobFilter {
  readonly ids?: readonly string[];
  readonly stages?: readonly JobStage[];
  readonly priority?: JobPriority;
  readonly model?: string;
  readonly isPaused?: boolean;
}

/** Where a page of jobs begins, the last submitted first. */
export interface JobPage {
  readonly limit: number;
  /** When the last job of the page before was submitted, and its id. */
  readonly after: readonly [submittedAtMillis: number, id: string] | null;
}

/** A process that does jobs. */
export interface JobWorker {
  readonly id: string;
  readonly model: string;
  readonly host: string;
  readonly pid: number;
  /** Whether it has given a sign of life within its lease. */
  readonly isAlive: boolean;
  /** Jobs that it has in hand. */
  readonly jobs: number;
}

/** All jobs together, as they are now. */
export interface JobsOverview {
  readonly stages: Readonly<Record<JobStage, number>>;
  /** Of those not ended, how many wait, are in hand, and are paused. */
  readonly waiting: number;
  readonly running: number;
  readonly paused: number;
  /** Jobs that ended in the last minute, a second. */
  readonly perSecond: number;
  /** Until those that wait and run have ended at this rate; absent where nothing ended of late, or nothing waits. */
  readonly secondsLeft?: number;
  readonly workers: readonly JobWorker[];
}

/** Looking at jobs and acting on them, whoever does them. */
export interface JobControl {
  job(id: string): Promise<ExtractionJob | undefined>;
  list(filter: JobFilter, page: JobPage): Promise<ExtractionJob[]>;
  count(filter: JobFilter): Promise<number>;
  overview(): Promise<JobsOverview>;
  /** Ends a job; one that has ended stays as it is. Undefined for an unknown id. */
  cancel(id: string): Promise<ExtractionJob | undefined>;
  /** Keeps jobs from being begun and takes those in hand back to their beginning; gives how many. */
  pause(filter: JobFilter): Promise<number>;
  /** Lets paused jobs go on; gives how many. */
  resume(filter: JobFilter): Promise<number>;
  /** Starts failed and cancelled jobs anew, as if they had just been submitted; gives how many. */
  redrive(filter: JobFilter): Promise<number>;
}

/** Runs extractions. */
export interface ExtractionService extends JobControl {
  /**
   * Starts or finds the publication's job. Whatever happens after that happens to the job: what its source says is the
   * job's matter, of which only what ends it at once is told here. Throws BAD_INPUT for what is not a PMID.
   */
  submit(pmid: string, options?: SubmitOptions): Promise<SubmitOutcome>;
  /** The same for many, without waiting for anything; gives how many were started, and not there already. */
  submitMany(pmids: readonly string[], options?: SubmitOptions): Promise<number>;
  /** The job as it is now, then every change until it ends; undefined for an unknown id. */
  progress(id: string): Promise<AsyncIterable<ExtractionJob> | undefined>;
  /** Fetches and classifies a publication without writing it, or any job. Throws as `submit` does, and what its source throws. */
  read(pmid: string, asking?: Asking): Promise<ReadingOutcome>;
  /** Classifies an annotated document without writing it. */
  classify(document: Document, asking?: Asking): Promise<DocumentPredictions>;
  close(): Promise<void>;
}
