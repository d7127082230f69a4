/**
 * Work that runs a few pieces at a time, the more urgent first, on p-queue. What is called off while it waits leaves at
 * once, with nothing kept of it; what runs already settles by itself. In memory only.
 */
import PQueue, { type Queue, type QueueAddOptions } from "p-queue";
import { BioWeftError } from "../errors.js";

/** When a piece of work is to run. */
interface WorkOptions {
  /** The higher, the sooner; 0 if not given. Equal ones run in order of arrival. */
  readonly priority?: number;
  /** Takes the work out of the queue while it waits. */
  readonly signal?: AbortSignal;
}

/** A queue of work. */
export interface WorkQueue {
  /** Gives what the work gives; throws CANCELLED, without having run it, where it was called off while it waited. */
  add<T>(work: () => Promise<T>, options?: WorkOptions): Promise<T>;
  /** Pieces of work that have not begun. */
  readonly waiting: number;
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>;
}

/** A queue that runs `concurrency` pieces of work at a time. */
export function workQueue(concurrency: number): WorkQueue {
  const queue = new PQueue<WaitingWork, WaitingOptions>({ concurrency, queueClass: WaitingWork });
  return {
    add<T>(work: () => Promise<T>, { priority = 0, signal }: WorkOptions = {}): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const calledOff = () => reject(new BioWeftError("CANCELLED", "it was called off before it began"));
        if (signal?.aborted === true) return calledOff();
        // What the work throws is its caller's to hear, never the queue's.
        const run = async () => work().then(resolve, reject);
        const wait: WaitingOptions =
          signal === undefined ? { priority } : { priority, leaving: { signal, calledOff } };
        void queue.add(run, wait);
      });
    },
    get waiting() {
      return queue.size;
    },
    idle: () => queue.onIdle(),
  };
}

type Run = () => Promise<unknown>;

interface WaitingOptions extends QueueAddOptions {
  /** Who may take the work out, and what is told then. Not p-queue's own `signal`, which also gives up what runs. */
  readonly leaving?: { readonly signal: AbortSignal; calledOff(): void };
}

interface Waiting {
  readonly run: Run;
  priority: number;
  readonly id: string | undefined;
  release(): void;
}

/** p-queue's order, from which work can be taken out again. */
class WaitingWork implements Queue<Run, WaitingOptions> {
  #waiting: Waiting[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  enqueue(run: Run, { priority = 0, id, leaving }: Partial<WaitingOptions> = {}): void {
    const leave = () => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      leaving?.calledOff();
    };
    const release = () => leaving?.signal.removeEventListener("abort", leave);
    const waiting: Waiting = { run, priority, id, release };
    leaving?.signal.addEventListener("abort", leave, { once: true });
    this.#insert(waiting);
  }

  dequeue(): Run | undefined {
    const next = this.#waiting.shift();
    next?.release();
    return next?.run;
  }

  filter({ priority = 0 }: Partial<WaitingOptions>): Run[] {
    return this.#waiting.filter((waiting) => waiting.priority === priority).map(({ run }) => run);
  }

  setPriority(id: string, priority: number): void {
    const waiting = this.#waiting.find((other) => other.id === id);
    if (waiting === undefined) return;
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    waiting.priority = priority;
    this.#insert(waiting);
  }

  #insert(waiting: Waiting): void {
    const later = this.#waiting.findIndex((other) => other.priority < waiting.priority);
    this.#waiting.splice(later === -1 ? this.#waiting.length : later, 0, waiting);
  }
}
