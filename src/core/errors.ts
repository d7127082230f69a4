/**
 * The one error class of the project, and the closed list of codes it may carry.
 * Every message says what happened, where (file, line, PMID) and the cure; `cause` keeps the original fault.
 */

/** What kind of failure it is. Closed: callers and the API switch on it. */
export const ERROR_CODES = [
  "BAD_INPUT", // a file, document or argument that breaks its format
  "NOT_FOUND", // a file, PMID, CURIE or model that does not exist
  "CONFIG", // a setting that is missing or makes no sense
  "MISSING_DEPENDENCY", // a program or library that the machine lacks
  "LOCKED", // somebody else holds the data folder
  "DATABASE", // Neo4j did not start, answer or accept
  "UPSTREAM_UNAVAILABLE", // PubTator3 or PubMed failed or answered garbage
  "RATE_LIMITED", // an upstream service told us to slow down and kept saying so
  "TIMEOUT", // a deadline passed
  "MODEL", // a checkpoint that cannot be loaded or run
  "CANCELLED", // somebody asked to stop
  "INTERNAL", // a fault of ours
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Failures of others that may pass by themselves, so that asking again makes sense. */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set(["UPSTREAM_UNAVAILABLE", "RATE_LIMITED", "TIMEOUT"]);

/** Whether what failed so may succeed when it is asked again. */
export function isTransient(code: ErrorCode): boolean {
  return TRANSIENT.has(code);
}

/** Where an error happened, each part only when it is known. Lines count from 1. */
export interface ErrorPlace {
  readonly file?: string;
  readonly line?: number;
  readonly pmid?: string;
}

/** The only error that BioWeft throws on purpose. */
export class BioWeftError extends Error {
  readonly code: ErrorCode;
  readonly place: ErrorPlace;
  /** What was wrong, without the place: for callers that print the place themselves. */
  readonly reason: string;
  /** Whether trying again may help; by the code unless said. */
  readonly retryable: boolean;

  constructor(
    code: ErrorCode,
    reason: string,
    options: { place?: ErrorPlace; cause?: unknown; retryable?: boolean } = {},
  ) {
    super(describe(reason, options.place ?? {}), options.cause === undefined ? {} : { cause: options.cause });
    this.name = "BioWeftError";
    this.code = code;
    this.reason = reason;
    this.place = options.place ?? {};
    this.retryable = options.retryable ?? (code === "DATABASE" || isTransient(code));
  }
}

function describe(reason: string, place: ErrorPlace): string {
  const file = place.file === "-" ? "standard input" : place.file;
  const where = [
    file === undefined ? undefined : place.line === undefined ? file : `${file}:${place.line}`,
    file === undefined && place.line !== undefined ? `line ${place.line}` : undefined,
    place.pmid === undefined ? undefined : `PMID ${place.pmid}`,
  ].filter((part) => part !== undefined);
  return where.length === 0 ? reason : `${where.join(", ")}: ${reason}`;
}

/** The message of anything that can be thrown, for a log line or a `cause`. */
export function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
