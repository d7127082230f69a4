/**
 * The jobs of this process: at most so many run at a time, the more urgent first, the rest wait. In memory only: what
 * must survive a crash is kept by whoever fills the queue.
 */
import { workQueue } from "../../core/turns/work-queue.js";

/** What was asked for just now goes before what another server left. */
export const PRIORITY = { submitted: 1, takenUp: 0 } as const;

/** A queue of tasks. */
interface JobQueue {
  /** Runs a task in its turn and settles as it does; throws CANCELLED where the signal came while it waited. */
  add(
    task: () => Promise<void>,
    options: { readonly signal: AbortSignal; readonly priority: number },
  ): Promise<void>;
  /** Drops what waits, and resolves when nothing runs any more: whoever closes tells what runs to stop. */
  close(): Promise<void>;
}

/** A queue that runs `concurrency` tasks at a time. */
export function jobQueue(concurrency: number): JobQueue {
  const queue = workQueue(concurrency);
  const closing = new AbortController();
  return {
    add: (task, { signal, priority }) =>
      queue.add(task, { priority, signal: AbortSignal.any([signal, closing.signal]) }),
    close() {
      closing.abort();
      return queue.idle();
    },
  };
}
