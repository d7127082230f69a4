/**
 * Waiting that an AbortSignal ends at once, with the project's CANCELLED.
 */
import { BioWeftError } from "../../../src/core/errors.js";

/** The fault of a request that its caller gave up. */
export function cancelled(signal: AbortSignal): BioWeftError {
  return new BioWeftError("CANCELLED", "the request was cancelled", { cause: signal.reason });
}

/** The promise's outcome, or CANCELLED as soon as the signal is aborted; the work behind it ends by itself. */
export async function abortable<Value>(
  work: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return work;
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled(signal));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
