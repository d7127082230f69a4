/**
 * What a live extraction is: its stages, its outcome, and the service that runs it. The API shows these as they
 * are; src/jobs/live.ts does the work.
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

/** One live extraction. Idempotent for (pmid, model): submitting again gives the same id. */
export interface ExtractionJob {
  readonly id: string;
  readonly pmid: string;
  readonly model: string;
  readonly stage: JobStage;
  /** Candidates in the document, once annotated; and how many of them are scored: of a long paper not all are asked. */
  readonly pairs: number;
  readonly pairsScored: number;
  /** Relations written, once written. */
  readonly relations: number;
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly retryable: boolean };
  /** Milliseconds since 1970. */
  readonly submittedAtMillis: number;
  readonly updatedAtMillis: number;
}

/** What submitting a PMID can give: a job, or the reason why there will be none. */
export type SubmitOutcome =
  | { readonly kind: "job"; readonly job: ExtractionJob }
  | { readonly kind: "publication-not-found"; readonly pmid: string }
  | { readonly kind: "no-abstract"; readonly pmid: string; readonly title: string };

/** Runs live extractions. */
export interface ExtractionService {
  /**
   * Starts or finds the publication's job. What its source says within a few seconds is told at once: throws what it
   * throws (UPSTREAM_UNAVAILABLE, RATE_LIMITED, TIMEOUT), and nothing is written then; later it becomes the job's
   * failure. Throws BAD_INPUT for what is not a PMID.
   */
  submit(pmid: string): Promise<SubmitOutcome>;
  job(id: string): Promise<ExtractionJob | undefined>;
  cancel(id: string): Promise<ExtractionJob | undefined>;
  /** The job as it is now, then every change until it ends; undefined for an unknown id. */
  progress(id: string): Promise<AsyncIterable<ExtractionJob> | undefined>;
  /** Classifies an annotated document without writing it. */
  classify(document: Document, asking?: Asking): Promise<DocumentPredictions>;
  close(): Promise<void>;
}
