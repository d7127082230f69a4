/**
 * Jobs done by any number of processes on any number of machines: BullMQ over Redis tells one of them that a job waits.
 * Redis keeps nothing that the graph does not know: calls that it loses are given again from the graph, calls that it
 * gives twice are refused there. Urgent jobs have a queue of their own, so that no run of many papers is before them.
 */
import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type ConnectionOptions, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { messageOf } from "../../core/errors.js";
import { JOB_PRIORITIES, type JobPriority } from "../../core/extraction-job.js";
import { log } from "../../core/log.js";
import type { JobCall, JobDoer, JobQueue } from "./job-queue.js";

/** How it is connected, and how soon it acts. */
interface BullQueueOptions {
  /** REDIS_URL. */
  readonly url: string;
  /** Jobs of other models are other workers' matter. */
  readonly model: string;
  /** How long a call stays a worker's after a sign of life; it is given to another then. */
  readonly lockMillis: number;
  /** Between two looks at what waits in the graph; 2,000 if not given. */
  readonly lookMillis?: number;
}

/** As many calls are kept in Redis ahead of the workers; the rest waits in the graph. */
const CALLS_AHEAD = 500;
/** So often a call that nobody finished is given again, before it is left to the looks at the graph. */
const MOST_STALLED = 3;
const STALLED = "stalled";

interface Call {
  readonly id: string;
}

/** Starts taking calls, and giving those that the graph has and Redis has not. Close it. */
export function bullQueue(doer: JobDoer, options: BullQueueOptions): JobQueue {
  return new BullQueue(doer, options);
}

class BullQueue implements JobQueue {
  readonly #doer: JobDoer;
  readonly #name: string;
  readonly #lookMillis: number;
  readonly #closing = new AbortController();
  readonly #redis: Redis;
  readonly #queues: Readonly<Record<JobPriority, Queue<Call>>>;
  readonly #workers: readonly Worker<Call>[];
  readonly #looking: Promise<void>;
  #isDown = false;

  constructor(doer: JobDoer, { url, model, lockMillis, lookMillis = 2_000 }: BullQueueOptions) {
    this.#doer = doer;
    this.#lookMillis = lookMillis;
    this.#name = `bioweft-${createHash("sha256").update(model).digest("hex").slice(0, 12)}`;
    // A Redis that is away refuses at once: what cannot be called for waits in the graph, not in this process.
    this.#redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      retryStrategy: RETRY,
    });
    this.#redis.on("error", (fault: Error) => this.#down(fault));
    this.#redis.on("ready", () => this.#up());
    this.#queues = { BULK: this.#queue("BULK"), INTERACTIVE: this.#queue("INTERACTIVE") };
    const worker = (priority: JobPriority, concurrency: number) =>
      this.#worker(priority, { concurrency, lockDuration: lockMillis, stalledInterval: lockMillis, url });
    const { all, urgent } = doer.slots;
    this.#workers = [worker("INTERACTIVE", all), worker("BULK", Math.max(1, all - urgent))];
    this.#looking = this.#look();
  }

  call(calls: readonly JobCall[]): void {
    for (const priority of JOB_PRIORITIES) {
      const some = calls.filter((call) => call.priority === priority);
      if (some.length === 0) continue;
      void this.#add(priority, some.slice(0, CALLS_AHEAD)).catch((fault: unknown) => this.#down(fault));
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#looking;
    // What runs here has been told to stop; a Redis that is away must not hold up the end.
    const closing = Promise.all(this.#workers.map((worker) => worker.close().catch(() => undefined)));
    await Promise.race([closing, setTimeout(CLOSE_MILLIS, undefined, { ref: false })]);
    await Promise.all(Object.values(this.#queues).map((queue) => queue.close().catch(() => undefined)));
    this.#redis.disconnect();
  }

  #queue(priority: JobPriority): Queue<Call> {
    const queue = new Queue<Call>(`${this.#name}-${priority}`, {
      connection: this.#redis as ConnectionOptions,
    });
    queue.on("error", (fault) => this.#down(fault));
    return queue;
  }

  #worker(
    priority: JobPriority,
    { url, ...options }: { url: string; concurrency: number; lockDuration: number; stalledInterval: number },
  ): Worker<Call> {
    const connection = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: RETRY });
    connection.on("error", (fault: Error) => this.#down(fault));
    const worker = new Worker<Call>(`${this.#name}-${priority}`, (call) => this.#answer(call.data), {
      ...options,
      connection: connection as ConnectionOptions,
      maxStalledCount: MOST_STALLED,
    });
    worker.on("error", (fault) => this.#down(fault));
    worker.on("closed", () => connection.disconnect());
    worker.on("failed", (call, fault) => {
      // Whoever had the call did not finish it, again and again; whether the job is still in hand the graph knows.
      log("warn", "a call for an extraction was not answered", { id: call?.data.id, fault: fault.message });
      if (call !== undefined && fault.message.includes(STALLED))
        this.call([{ id: call.data.id, priority, afterMillis: options.lockDuration }]);
    });
    return worker;
  }

  async #answer({ id }: Call): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const job = await this.#doer.claim(id);
    // Somebody else has it, or it has ended or is paused: the call was a second one.
    if (job !== undefined) await this.#doer.perform(job);
  }

  async #add(priority: JobPriority, calls: readonly JobCall[]): Promise<void> {
    const kept = { removeOnComplete: true, removeOnFail: true };
    await this.#queues[priority].addBulk(
      calls.map(({ id, afterMillis = 0 }) => ({
        name: "extract",
        data: { id },
        opts: { ...kept, delay: Math.round(afterMillis) },
      })),
    );
  }

  /** Calls again and again for what waits in the graph and has no call in Redis, or whose doer is gone. */
  async #look(): Promise<void> {
    const pause = { ref: false, signal: this.#closing.signal };
    while (await setTimeout(this.#lookMillis, true, pause).catch(() => false)) {
      try {
        if (await this.#isOursToLook()) await this.#callWaiting();
      } catch (fault) {
        this.#down(fault);
      }
    }
  }

  /** One process of all looks at a time. */
  async #isOursToLook(): Promise<boolean> {
    const held = Math.round(this.#lookMillis * 0.9);
    return (await this.#redis.set(`${this.#name}-looking`, "1", "PX", held, "NX")) === "OK";
  }

  async #callWaiting(): Promise<void> {
    const called = async (priority: JobPriority) => {
      const { waiting = 0, prioritized = 0 } = await this.#queues[priority].getJobCounts(
        "waiting",
        "prioritized",
      );
      return waiting + prioritized;
    };
    const [bulk, urgent] = [await called("BULK"), await called("INTERACTIVE")];
    const few = CALLS_AHEAD / 4;
    const jobs = await this.#doer.waiting(CALLS_AHEAD);
    this.call(jobs.filter(({ left, priority }) => left || (priority === "BULK" ? bulk : urgent) < few));
  }

  #down(fault: unknown): void {
    if (this.#isDown || this.#closing.signal.aborted) return;
    this.#isDown = true;
    log("warn", "Redis does not answer; jobs wait in the graph until it does", { fault: messageOf(fault) });
  }

  #up(): void {
    if (this.#isDown) log("info", "Redis answers again");
    this.#isDown = false;
  }
}

const CLOSE_MILLIS = 3_000;
const RETRY = (times: number): number => Math.min(times * 100, 2_000);
