/**
 * A request that is turned away before or instead of being answered, with a code of the API's own. What it says goes out as
 * it is; `fault.ts` gives it its form.
 */
import { GraphQLError } from "graphql";

/** Codes of refusals with the HTTP status that goes with each. */
const STATUS = {
  QUERY_TOO_EXPENSIVE: 400,
  LIST_TOO_LONG: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  NOT_READY: 503,
} as const;
type RefusalCode = keyof typeof STATUS;

/** Those that may pass by themselves. */
const RETRYABLE: ReadonlySet<string> = new Set(["RATE_LIMITED", "NOT_READY"] satisfies RefusalCode[]);

/** The refusal as an error of GraphQL. `retryAfterSeconds` says when asking again may help. */
export function refusal(
  code: RefusalCode,
  message: string,
  details: { readonly retryAfterSeconds?: number } = {},
): GraphQLError {
  const { retryAfterSeconds } = details;
  const headers =
    retryAfterSeconds === undefined ? new Map() : new Map([["retry-after", String(retryAfterSeconds)]]);
  return new GraphQLError(message, {
    extensions: { code, retryable: RETRYABLE.has(code), ...details, http: { status: STATUS[code], headers } },
  });
}

/** Whether a code is one of a refusal. */
export function isRefusal(code: unknown): code is RefusalCode {
  return typeof code === "string" && Object.hasOwn(STATUS, code);
}
