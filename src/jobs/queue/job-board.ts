/**
 * The jobs that run in this process, as they are now, and who follows them. It tells followers of every change
 * and of the end; it keeps nothing after that. Durable state is the graph's matter.
 */
import { type ExtractionJob, type JobStage, LAST_STAGES } from "../../core/extraction-job.js";

const ENDED: ReadonlySet<JobStage> = new Set(LAST_STAGES);

/** Whether a job in this stage will not change any more. */
export function isEnded(stage: JobStage): boolean {
  return ENDED.has(stage);
}

/** The board: one publisher a job, any number of followers. */
export class JobBoard {
  readonly #current = new Map<string, ExtractionJob>();
  readonly #feeds = new Map<string, Set<JobFeed>>();

  /** The job as it is now, or undefined when it does not run here. */
  current(id: string): ExtractionJob | undefined {
    return this.#current.get(id);
  }

  /** Feeds that are open: 0 when nobody follows anything. */
  get followers(): number {
    return [...this.#feeds.values()].reduce((sum, feeds) => sum + feeds.size, 0);
  }

  /** Tells all followers of a change; an ended job leaves the board. */
  publish(job: ExtractionJob): void {
    const ended = isEnded(job.stage);
    if (ended) this.#current.delete(job.id);
    else this.#current.set(job.id, job);
    for (const feed of this.#feeds.get(job.id) ?? []) feed.push(job, ended);
    if (ended) this.#feeds.delete(job.id);
  }

  /**
   * The job now and every change until it ends. Following begins with the first `next()`, so a feed that nobody
   * reads costs nothing; a job that has left the board by then is asked of `ended` and given once.
   */
  follow(id: string, ended: () => Promise<ExtractionJob | undefined>): AsyncIterable<ExtractionJob> {
    return {
      [Symbol.asyncIterator]: () => {
        let feed: JobFeed | undefined;
        return {
          next: async () => {
            feed ??= this.#open(id) ?? (await finishedFeed(ended));
            return feed.next();
          },
          return: async () => {
            if (feed !== undefined) this.#close(id, feed);
            feed ??= new JobFeed(true);
            return { done: true as const, value: undefined };
          },
        };
      },
    };
  }

  /** Ends every feed, whatever its job does: for shutting down. */
  close(): void {
    for (const [id, feeds] of this.#feeds) for (const feed of feeds) this.#close(id, feed);
    this.#current.clear();
  }

  #open(id: string): JobFeed | undefined {
    const job = this.#current.get(id);
    if (job === undefined) return undefined;
    const feed = new JobFeed();
    feed.push(job, false);
    this.#feeds.set(id, (this.#feeds.get(id) ?? new Set()).add(feed));
    return feed;
  }

  #close(id: string, feed: JobFeed): void {
    feed.end();
    const feeds = this.#feeds.get(id);
    feeds?.delete(feed);
    if (feeds?.size === 0) this.#feeds.delete(id);
  }
}

async function finishedFeed(read: () => Promise<ExtractionJob | undefined>): Promise<JobFeed> {
  const feed = new JobFeed();
  const job = await read();
  if (job !== undefined) feed.push(job, true);
  feed.end();
  return feed;
}

/** What one follower has still to read. A hand-made queue, as a generator cannot be left while it waits. */
class JobFeed {
  readonly #unread: ExtractionJob[] = [];
  #waiting: Array<(result: IteratorResult<ExtractionJob>) => void> = [];
  #ended: boolean;

  constructor(ended = false) {
    this.#ended = ended;
  }

  push(job: ExtractionJob, last: boolean): void {
    if (this.#ended) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#unread.push(job);
    else waiting({ done: false, value: job });
    if (last) this.end();
  }

  next(): Promise<IteratorResult<ExtractionJob>> {
    const value = this.#unread.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  end(): void {
    this.#ended = true;
    for (const waiting of this.#waiting.splice(0)) waiting({ done: true, value: undefined });
  }
}
