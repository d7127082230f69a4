/**
 * Waiting that an AbortSignal ends at once, with the project's CANCELLED.
 */
import { BioWeftError } from "../../../src/core/errors.js";

/** The fault of a request that its caller gave up. */
export function cancelled(signal: AbortSignal): BioWeftError {
  return new BioWeftError("CANCELLED", "the request to PubTator3 was cancelled", { cause: signal.reason });
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

/** Waits; throws CANCELLED when the signal is aborted before. */
export async function delay(millis: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const wait = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, millis);
  });
  try {
    await abortable(wait, signal);
  } finally {
    clearTimeout(timer);
  }
}
