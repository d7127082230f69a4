/**
 * What a client sees of a failure: a code, whether trying again may help, and the request's id. Faults of ours
 * and of the machine are masked and logged; a client's mistakes and an upstream's failures are told.
 */
import { GraphQLError, type GraphQLFormattedError, Kind } from "graphql";
import { ArgumentValidationError } from "type-graphql";
import { BioWeftError, type ErrorCode, messageOf } from "../../core/errors.js";
import { log } from "../../core/log.js";
import { isRefusal } from "./refusal.js";

/** Codes that are told to clients, by the project's own; those absent are masked. */
const TOLD: Partial<Record<ErrorCode, string>> = {
  BAD_INPUT: "BAD_USER_INPUT",
  NOT_FOUND: "NOT_FOUND",
  UPSTREAM_UNAVAILABLE: "UPSTREAM_UNAVAILABLE",
  RATE_LIMITED: "RATE_LIMITED",
  TIMEOUT: "TIMEOUT",
  CANCELLED: "CANCELLED",
};
/** Codes that GraphQL itself gives to requests that it refuses. */
const REFUSALS: ReadonlySet<string> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
]);

/** How much is told. */
export interface FaultDetail {
  /** Tells faults of ours as they are instead of masking them. */
  readonly detail?: boolean;
  /** Leaves out which names the schema has that are like a wrong one. */
  readonly hideSchema?: boolean;
}

/** An error as it goes out. Logs what it masks, under the same request id. */
export function toFault(
  error: GraphQLError,
  requestId: string,
  { detail = false, hideSchema = false }: FaultDetail = {},
): GraphQLFormattedError {
  const { code, message } = told(error) ?? masked(error, requestId, detail);
  const { retryAfterSeconds } = error.extensions;
  return {
    message: hideSchema ? message.replace(/ ?Did you mean [^?]*\?$/, "") : message,
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: {
      code,
      retryable: isRetryable(error),
      requestId,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  };
}

/**
 * What went wrong, without what only we need to know: addresses and paths are left out of what is told, and of faults of
 * ours or of this machine only their kind is.
 */
export function publicMessage(code: ErrorCode, message: string): string {
  return TOLD[code] === undefined ? `something went wrong on our side (${code})` : withoutPlaces(message);
}

/** Addresses with a scheme or a port, and absolute paths of more than one part. */
const PLACES =
  /\b[a-z][\w+.-]*:\/\/[^\s)"',;]+|\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?\b|(?<![\w:])\/(?:[\w.@-]+\/)+[\w.@-]*/gi;

function withoutPlaces(message: string): string {
  return message.replace(PLACES, "…");
}

/** A fault says itself whether trying again may help, masked or told: the same word that a job's failure carries. */
function isRetryable(error: GraphQLError): boolean {
  const cause = rootCause(error);
  if (cause instanceof BioWeftError) return cause.retryable;
  return cause instanceof GraphQLError && cause.extensions["retryable"] === true;
}

function told(error: GraphQLError): { code: string; message: string } | undefined {
  const cause = rootCause(error);
  if (cause instanceof BioWeftError) {
    const code = TOLD[cause.code];
    return code === undefined ? undefined : { code, message: toldMessage(cause) };
  }
  if (cause instanceof ArgumentValidationError) {
    const reasons = cause.extensions.validationErrors.flatMap((each) =>
      Object.values(each.constraints ?? {}),
    );
    return { code: "BAD_USER_INPUT", message: reasons.join("; ") };
  }
  const code =
    error.extensions["code"] ?? (cause instanceof GraphQLError ? cause.extensions["code"] : undefined);
  if (typeof code === "string" && (REFUSALS.has(code) || isRefusal(code)))
    return { code, message: error.message };
  if (isOfVariable(error)) return { code: "BAD_USER_INPUT", message: error.message };
  // Without a fault behind it and without a path, it is graphql refusing the document itself.
  if (cause === error && error.path === undefined && code === undefined) {
    return { code: "GRAPHQL_VALIDATION_FAILED", message: error.message };
  }
  return undefined;
}

/** Whether graphql refused the value of a variable: it points at the variable's definition alone then, and at no path. */
function isOfVariable({ nodes, path }: GraphQLError): boolean {
  return path === undefined && nodes?.length === 1 && nodes[0]?.kind === Kind.VARIABLE_DEFINITION;
}

/** What a client sent comes back as it was; what others said loses its places. */
function toldMessage(cause: BioWeftError): string {
  return cause.code === "BAD_INPUT" || cause.code === "NOT_FOUND"
    ? cause.message
    : withoutPlaces(cause.message);
}

function masked(error: GraphQLError, requestId: string, detail: boolean): { code: string; message: string } {
  const cause = rootCause(error);
  log("error", "request failed", {
    requestId,
    path: error.path?.join("."),
    code: cause instanceof BioWeftError ? cause.code : undefined,
    reason: messageOf(cause),
    stack: cause instanceof Error ? cause.stack : undefined,
  });
  if (detail) return { code: "INTERNAL_SERVER_ERROR", message: messageOf(cause) };
  return {
    code: "INTERNAL_SERVER_ERROR",
    message: `something went wrong on our side; the server's log has it under request ${requestId}`,
  };
}

/** Below GraphQL's wrapping; GraphQL errors of our own libraries are kept. */
function rootCause(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (
    cause instanceof GraphQLError &&
    cause.originalError !== undefined &&
    cause.originalError !== cause
  ) {
    cause = cause.originalError;
  }
  return cause;
}
