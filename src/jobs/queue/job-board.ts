/**
 * The jobs that run in this process, as they are now, and who follows them, wherever their jobs run. It tells followers
 * of every change and of the end, and keeps nothing after that. Durable state is the graph's matter.
 */
import { setTimeout } from "node:timers/promises";
import { type Push, Repeater, SlidingBuffer, type Stop } from "@repeaterjs/repeater";
import { type ExtractionJob, isEnded } from "../../core/extraction-job.js";

/** A job that runs elsewhere is looked up so often. */
const POLL_MILLIS = 250;
/** States that a follower who does not read is kept; older ones go, never the last. */
const UNREAD_STATES = 1000;

/** One follower of a job. */
interface Feed {
  push(job: ExtractionJob): void;
  /** The job goes on elsewhere, or nowhere: it is looked up. */
  look(): void;
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
    if (isEnded(job.stage)) this.#current.delete(job.id);
    else this.#current.set(job.id, job);
    for (const feed of this.#feeds.get(job.id) ?? []) feed.push(job);
  }

  /** Takes a job off that goes on elsewhere, or nowhere; its followers look there. */
  leave(id: string): void {
    this.#current.delete(id);
    for (const feed of this.#feeds.get(id) ?? []) feed.look();
  }

  /**
   * The job now and every change until it ends, wherever it runs. Following begins with the first `next()`, so a feed
   * that nobody reads costs nothing; `read` looks up a job that does not run here.
   */
  follow(id: string, read: () => Promise<ExtractionJob | undefined>): AsyncIterableIterator<ExtractionJob> {
    return new Repeater<ExtractionJob>(async (push, stop) => {
      this.#stops.add(stop);
      try {
        await this.#tell(id, read, push, stop);
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

  async #tell(
    id: string,
    read: () => Promise<ExtractionJob | undefined>,
    push: Push<ExtractionJob>,
    stop: Stop,
  ): Promise<void> {
    let seen: ExtractionJob | undefined;
    let isOver = false;
    let look: () => void = () => undefined;
    const feed: Feed = {
      push: (job) => {
        if (isOver || !isNews(job, seen)) return;
        seen = job;
        isOver = isEnded(job.stage);
        // Nobody waits until a state is read: a slow follower holds up no job.
        void push(job);
        if (isOver) look();
      },
      look: () => look(),
    };
    void stop.then(() => {
      isOver = true;
    });
    const feeds = this.#feeds.get(id) ?? new Set();
    this.#feeds.set(id, feeds.add(feed));
    try {
      while (!isOver) {
        const looked = new Promise<void>((resolve) => {
          look = resolve;
        });
        const job = this.#current.get(id) ?? (await read());
        if (job === undefined) return;
        feed.push(job);
        if (isOver) return;
        await Promise.race([stop, looked, setTimeout(POLL_MILLIS, undefined, { ref: false })]);
      }
    } finally {
      feeds.delete(feed);
      if (feeds.size === 0 && this.#feeds.get(id) === feeds) this.#feeds.delete(id);
    }
  }
}

/** Whether it says something else than what was told last, and nothing older: what is looked up may be behind. */
function isNews(job: ExtractionJob, seen: ExtractionJob | undefined): boolean {
  if (seen === undefined || isEnded(job.stage)) return true;
  return job.updatedAtMillis >= seen.updatedAtMillis && JSON.stringify(job) !== JSON.stringify(seen);
}
