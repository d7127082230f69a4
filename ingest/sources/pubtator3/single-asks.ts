/**
 * Asks for one paper at a time, put together: those that come while a request waits for its turn go along with it. Many
 * people who ask at once cost the service a request and none of them a place at the end of a queue.
 */
import { BioWeftError } from "../../../src/core/errors.js";
import { abortable } from "../service/cancellation.js";

/** Does what was asked, for all PMIDs of a batch; a PMID's outcome may be a fault of its own. */
type AnswerBatch<Value> = (
  /** Takes the PMIDs that are waiting: to be called when the request's turn has come. */
  take: () => readonly string[],
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, Value | BioWeftError>>;

interface Waiting<Value> {
  readonly pmid: string;
  readonly signal: AbortSignal | undefined;
  resolve(value: Value | undefined): void;
  reject(fault: unknown): void;
}

/** How long asks are gathered before the first request: those that were sent together arrive so. */
const GATHER_MILLIS = 10;

/** Makes the function that asks for one. Its signal gives up one ask; a request that nobody waits for is given up too. */
export function singleAsks<Value>(batchSize: number, answer: AnswerBatch<Value>) {
  let waiting: Waiting<Value>[] = [];
  let isGathering = false;

  async function sendBatch(): Promise<void> {
    let taken: readonly Waiting<Value>[] = [];
    const controller = new AbortController();
    const giveUp = () => {
      if (taken.every(({ signal }) => signal?.aborted === true)) controller.abort();
    };
    const take = () => {
      isGathering = false;
      waiting = waiting.filter(({ signal }) => signal?.aborted !== true);
      taken = waiting.slice(0, batchSize);
      waiting = waiting.slice(batchSize);
      if (waiting.length > 0) gather();
      for (const { signal } of taken) signal?.addEventListener("abort", giveUp, { once: true });
      return [...new Set(taken.map(({ pmid }) => pmid))];
    };
    try {
      const outcomes = await answer(take, controller.signal);
      for (const { pmid, resolve, reject } of taken) {
        const outcome = outcomes.get(pmid);
        if (outcome instanceof BioWeftError) reject(outcome);
        else resolve(outcome);
      }
    } catch (fault) {
      // Before its turn a request has taken nobody, and all wait in vain.
      if (taken.length === 0) [taken, waiting, isGathering] = [waiting, [], false];
      for (const { reject } of taken) reject(fault);
    } finally {
      for (const { signal } of taken) signal?.removeEventListener("abort", giveUp);
    }
  }

  function gather(): void {
    if (isGathering) return;
    isGathering = true;
    setTimeout(() => void sendBatch(), GATHER_MILLIS);
  }

  return (pmid: string, signal?: AbortSignal): Promise<Value | undefined> => {
    const asked = new Promise<Value | undefined>((resolve, reject) => {
      waiting.push({ pmid, signal, resolve, reject });
    });
    if (signal?.aborted !== true) gather();
    return abortable(asked, signal);
  };
}
