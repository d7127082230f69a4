/**
 * One request to a service and what can come of it: an answer, a wish for patience, a deadline that passed, nobody there.
 * Each is an error that says so; trying again is `retrying`'s.
 */
import pRetry from "p-retry";
import { BioWeftError, isTransient } from "../../../src/core/errors.js";
import { abortable, cancelled } from "./cancellation.js";
import type { ServiceLimiter } from "./service-limiter.js";

/** A service as its errors speak of it. */
export interface Service {
  /** As in "PubTator3 answered". */
  readonly name: string;
  /** The variable that sets its address. */
  readonly setting: string;
  readonly limiter: ServiceLimiter;
  /** Deadline of one request, from its sending to the end of its answer. */
  readonly timeoutMillis: number;
  /** A longer `Retry-After` than this is not waited for. */
  readonly longestWaitMillis: number;
}

/** A request; with a form it is a POST. */
interface ServiceRequest {
  readonly url: string;
  readonly form?: URLSearchParams;
  readonly accept: string;
  readonly signal?: AbortSignal | undefined;
}

/** An answer that came whole, whatever it says. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Sends a request and reads its answer. Throws RATE_LIMITED for 429 and for 503 with `Retry-After`, for which all requests
 * to the service wait; TIMEOUT, UPSTREAM_UNAVAILABLE for no connection, CANCELLED.
 */
export async function sendRequest(service: Service, request: ServiceRequest): Promise<ServiceAnswer> {
  const { url, form, accept, signal } = request;
  if (signal?.aborted) throw cancelled(signal);
  const deadline = AbortSignal.timeout(service.timeoutMillis);
  const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    const sent = form === undefined ? {} : { method: "POST", body: form };
    const response = await fetch(url, { ...sent, signal: either, headers: { accept } });
    const body = await response.text();
    await checkPatience(service, response);
    return { status: response.status, body };
  } catch (cause) {
    if (cause instanceof BioWeftError) throw cause;
    if (signal?.aborted) throw cancelled(signal);
    if (deadline.aborted) {
      const reason = `${service.name} did not answer within ${service.timeoutMillis} ms (${url})`;
      throw new BioWeftError("TIMEOUT", reason, { cause });
    }
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    const reason = `${service.name} cannot be reached at ${url}: ${why}; check the network and ${service.setting}`;
    throw new BioWeftError("UPSTREAM_UNAVAILABLE", reason, { cause });
  }
}

async function checkPatience(
  { name, limiter, longestWaitMillis }: Service,
  response: Response,
): Promise<void> {
  const waitMillis = parseRetryAfter(response.headers.get("retry-after"));
  if (response.status !== 429 && !(response.status === 503 && waitMillis !== undefined)) return;
  const asked = waitMillis === undefined ? "" : `, asking for ${Math.ceil(waitMillis / 1000)} s of patience`;
  const status = response.status === 429 ? "429 Too Many Requests" : "503 Service Unavailable";
  const isTooLong = (waitMillis ?? 0) > longestWaitMillis;
  if (waitMillis !== undefined && !isTooLong) await limiter.pause(waitMillis);
  throw new RateLimited(`${name} answered ${status}${asked}; try again later`, isTooLong);
}

/** Too many requests. */
class RateLimited extends BioWeftError {
  constructor(
    reason: string,
    /** Whether the service asks for more patience than we have. */
    readonly isTooLong: boolean,
  ) {
    super("RATE_LIMITED", reason);
  }
}

/** Retry-After holds seconds or a date. */
function parseRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value) - Date.now();
  return Number.isNaN(until) ? undefined : Math.max(0, until);
}

/** How failures are met. */
interface Patience {
  /** Tries after the first. */
  readonly retries: number;
  /** Wait before the first retry; it doubles each time, times a random factor from 1 to 2. */
  readonly retryDelayMillis: number;
}

/** Tries until it succeeds, fails for good or the retries are used up; throws CANCELLED at once when that is asked. */
export async function retrying<Value>(
  { retries, retryDelayMillis }: Patience,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Value>,
): Promise<Value> {
  const work = pRetry(attempt, {
    retries,
    minTimeout: retryDelayMillis,
    factor: 2,
    randomize: true,
    shouldRetry: ({ error }) => mayPass(error),
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    return await abortable(work, signal);
  } catch (fault) {
    throw signal?.aborted ? cancelled(signal) : fault;
  }
}

function mayPass(fault: Error): boolean {
  return (
    fault instanceof BioWeftError &&
    isTransient(fault.code) &&
    !(fault instanceof RateLimited && fault.isTooLong)
  );
}

/** What a body is that is none of the form that was asked for. */
export function describeBody(body: string): string {
  const kind = /^\s*<(?:!doctype html|html)/i.test(body) ? "an HTML page" : `${body.length} characters`;
  return body.trim() === "" ? "an empty body" : `${kind}, beginning "${body.trim().slice(0, 60)}"`;
}
