/**
 * Runs tasks at most so many at a time, the rest in order of arrival. In memory only: what must survive a crash
 * is kept by whoever fills the queue.
 */

/** A queue of tasks. */
export interface JobQueue {
  /** Adds a task; it must settle its own failures, and hears of the queue's closing through the signal. */
  add(task: (signal: AbortSignal) => Promise<void>): void;
  /** Drops what waits, signals what runs, and resolves when nothing runs any more. */
  close(): Promise<void>;
}

/** A queue that runs `concurrency` tasks at a time. */
export function jobQueue(concurrency: number): JobQueue {
  const waiting: Array<(signal: AbortSignal) => Promise<void>> = [];
  const running = new Set<Promise<void>>();
  const closing = new AbortController();
  const startNext = (): void => {
    while (running.size < concurrency && !closing.signal.aborted) {
      const task = waiting.shift();
      if (task === undefined) return;
      const run = task(closing.signal).finally(() => {
        running.delete(run);
        startNext();
      });
      running.add(run);
    }
  };
  return {
    add(task) {
      waiting.push(task);
      startNext();
    },
    async close() {
      closing.abort();
      waiting.length = 0;
      await Promise.allSettled(running);
    },
  };
}
