/**
 * The jobs that run in this process, as they are now, and who follows them, wherever their jobs run. It tells followers
 * of every change and of the end, and keeps nothing after that. Durable state is the graph's matter.
 */
import { setTimeout } from "node:timers/promises";
import { type Push, Repeater, SlidingBuffer, type Stop } from "@repeaterjs/repeater";
import { type ExtractionJob, isEnded } from "../../core/extraction-job.js";

/** A job that runs elsewhere is looked up so often. */
const POLL_MILLIS = 500;
/** States that a follower who does not read is kept; older ones go, never the last. */
const UNREAD_STATES = 1000;

/** One follower of a job that runs here. */
interface Feed {
  push(job: ExtractionJob): void;
  /** The job ended, or goes on elsewhere. */
  leave(how: "ended" | "elsewhere"): void;
}

/** The board: one publisher a job, any number of followers. */
export class JobBoard {
  readonly #current = new Map<string, ExtractionJob>();
  readonly #feeds = new Map<string, Set<Feed>>();
  readonly #stops = new Set<Stop>();

  /** The job as it is now, or undefined when it does not run here. */
  current(id: string): ExtractionJob | undefined {
    return this.#current.get(id);
  }

  /** Feeds that are open: 0 when nobody follows anything. */
  get followers(): number {
    return this.#stops.size;
  }

  /** Tells all followers of a change; an ended job leaves the board. */
  publish(job: ExtractionJob): void {
    if (!isEnded(job.stage)) this.#current.set(job.id, job);
    for (const feed of this.#feeds.get(job.id) ?? []) feed.push(job);
    if (isEnded(job.stage)) this.#remove(job.id, "ended");
  }

  /** Takes a job off that goes on elsewhere, or nowhere; its followers look there. */
  leave(id: string): void {
    this.#remove(id, "elsewhere");
  }

  /**
   * The job now and every change until it ends. Following begins with the first `next()`, so a feed that nobody reads
   * costs nothing; `read` looks up a job that does not run here.
   */
  follow(id: string, read: () => Promise<ExtractionJob | undefined>): AsyncIterableIterator<ExtractionJob> {
    return new Repeater<ExtractionJob>(async (push, stop) => {
      this.#stops.add(stop);
      try {
        const where = await this.#listen(id, push, stop);
        if (where === "elsewhere") await poll(read, push, stop);
      } finally {
        this.#stops.delete(stop);
        stop();
      }
    }, new SlidingBuffer(UNREAD_STATES));
  }

  /** Ends every feed, whatever its job does: for shutting down. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#current.clear();
  }

  #remove(id: string, how: "ended" | "elsewhere"): void {
    this.#current.delete(id);
    for (const feed of this.#feeds.get(id) ?? []) feed.leave(how);
    this.#feeds.delete(id);
  }

  /** Gives a job's states while it runs here; says how that ended. */
  async #listen(
    id: string,
    push: Push<ExtractionJob>,
    stop: Stop,
  ): Promise<"ended" | "elsewhere" | undefined> {
    const job = this.#current.get(id);
    if (job === undefined) return "elsewhere";
    const feeds = this.#feeds.get(id) ?? new Set();
    this.#feeds.set(id, feeds);
    void push(job);
    let feed: Feed | undefined;
    const left = new Promise<"ended" | "elsewhere">((resolve) => {
      // Nobody waits until a state is read: a slow follower holds up no job.
      feed = { push: (state) => void push(state), leave: resolve };
      feeds.add(feed);
    });
    const how = await Promise.race([left, stop]);
    if (feed !== undefined) feeds.delete(feed);
    if (feeds.size === 0 && this.#feeds.get(id) === feeds) this.#feeds.delete(id);
    return how;
  }
}

/** Gives the states that are read until one is the end, or there is none. */
async function poll(
  read: () => Promise<ExtractionJob | undefined>,
  push: Push<ExtractionJob>,
  stop: Stop,
): Promise<void> {
  let isOpen = true;
  void stop.then(() => {
    isOpen = false;
  });
  let seen: number | undefined;
  while (isOpen) {
    const job = await read();
    if (job === undefined) return;
    if (job.updatedAtMillis !== seen || isEnded(job.stage)) void push(job);
    if (isEnded(job.stage)) return;
    seen = job.updatedAtMillis;
    await Promise.race([stop, setTimeout(POLL_MILLIS, undefined, { ref: false })]);
  }
}
