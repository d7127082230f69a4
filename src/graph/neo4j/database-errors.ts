/**
 * Turns whatever the driver throws into the project's error, with the cure. Used by database.ts alone.
 */
import { Neo4jError } from "neo4j-driver";
import { BioWeftError, messageOf } from "../../core/errors.js";

/** What is known about the query that failed. */
interface QueryContext {
  readonly uri: string;
  readonly statement?: string;
  /** Set where we ended the query ourselves: why. */
  readonly ended?: BioWeftError;
}

/** TIMEOUT, CANCELLED or DATABASE; the project's own errors pass as they are. */
export function toBioWeftError(fault: unknown, context: QueryContext): BioWeftError {
  // Where we ended the query, that is why it failed, whatever it failed with.
  if (fault instanceof BioWeftError && context.ended === undefined) return fault;
  const what = context.statement ? `query "${context.statement}"` : "the query";
  const options = { cause: fault };
  if (context.ended?.code === "CANCELLED") {
    return new BioWeftError("CANCELLED", `${what} was cancelled`, options);
  }
  const code = fault instanceof Neo4jError ? fault.code : "";
  if (context.ended !== undefined && context.ended.code !== "TIMEOUT") return context.ended;
  if (context.ended !== undefined || code.includes("TransactionTimedOut")) {
    return new BioWeftError("TIMEOUT", `${what} passed its deadline; ask for less or allow more`, options);
  }
  return new BioWeftError("DATABASE", databaseReason(code, messageOf(fault), what, context.uri), options);
}

function databaseReason(code: string, message: string, what: string, uri: string): string {
  if (code.startsWith("Neo.ClientError.Security")) {
    return `Neo4j at ${uri} refuses the login (${message}); check NEO4J_USER and NEO4J_PASSWORD`;
  }
  if (code === "ServiceUnavailable" || code === "SessionExpired") {
    return `Neo4j at ${uri} does not answer (${message}); check that it runs and that NEO4J_URI names it`;
  }
  return `${what} failed at ${uri}: ${message}`;
}
