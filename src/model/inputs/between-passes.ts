/**
 * What a classifier does between two passes of its network: others get the thread, so that a signal can be heard (the
 * processor's engines compute on the calling thread), and whoever asked is told how far it is.
 */
import { setImmediate as othersTurn } from "node:timers/promises";
import type { Candidate } from "../../core/candidate.js";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { Asking } from "../../core/prediction.js";
import { required } from "../../core/required.js";

/** To be called after every pass with the candidate of each row that it read; throws CANCELLED where that is asked. */
type AfterPass = (rows: readonly Candidate[]) => Promise<void>;

/** Throws CANCELLED, with the document's PMID, once the signal is set. */
export function throwIfCancelled(signal: AbortSignal | undefined, { pmid }: Document): void {
  if (signal?.aborted !== true) return;
  throw new BioWeftError("CANCELLED", "the reading was stopped", { place: { pmid }, cause: signal.reason });
}

/**
 * Watches over documents that go through the network together, at least one. `rows` are the candidates of all rows
 * that will be read; a candidate is scored when the last of its rows is.
 */
export function watchPasses(
  documents: readonly Document[],
  rows: readonly Candidate[],
  { signal, onProgress }: Asking,
): AfterPass {
  const first = required(documents[0], "a document to read");
  const unread = new Map<Candidate, number>();
  for (const candidate of rows) unread.set(candidate, (unread.get(candidate) ?? 0) + 1);
  const pairs = unread.size;
  throwIfCancelled(signal, first);
  return async (read) => {
    for (const candidate of read) {
      const left = required(unread.get(candidate), "a row of the pass") - 1;
      if (left === 0) unread.delete(candidate);
      else unread.set(candidate, left);
    }
    onProgress?.(pairs - unread.size, pairs);
    await othersTurn();
    throwIfCancelled(signal, first);
  };
}
