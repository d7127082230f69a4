/**
 * What many requests ask of the graph at one time, asked in one statement. A request's loaders batch what its own resolvers want;
 * here, what different requests want of one kind meets. Nothing is kept: an answer is of a statement that began after it was asked for.
 */
import { BioWeftError } from "../../core/errors.js";
import type { Database } from "../../graph/neo4j/database.js";
import type { DatabaseWatch } from "./database-watch.js";
import { RequestLimits } from "./request-limits.js";
import { type OnStatement, requestDatabase } from "./request-services.js";

/** Statements of one kind that run at a time before what is asked for waits for company. */
const AT_ONCE = 2;
/** How long it waits at most: whoever asks for much holds nobody else up. */
const PATIENCE_MILLIS = 20;
/** Rows of a statement that joins several requests, which are made out in one go; one request alone may have more. */
const MOST_ROWS = 2_000;

/** What batches are read with. */
interface SharedParts {
  readonly database: Database;
  readonly watch: DatabaseWatch;
  readonly onStatement: OnStatement;
}

/** Reads what stands behind keys, in their order. */
type ReadKeys<Value> = (database: Database, keys: readonly string[]) => Promise<readonly Value[]>;

/** One kind of read. */
interface SharedRead<Value> {
  /** Names it with all arguments that it depends on. */
  readonly kind: string;
  /** How many rows a key may have. */
  readonly rowsAKey: number;
  readonly read: ReadKeys<Value>;
}

/** What one request wants. */
interface Ask {
  readonly keys: readonly string[];
  readonly limits: RequestLimits;
  readonly resolve: (values: readonly unknown[]) => void;
  readonly reject: (fault: unknown) => void;
}

/** All that is asked for with the same arguments. */
interface Kind {
  readonly shared: SharedRead<unknown>;
  waiting: Ask[];
  running: number;
  /** Whether the next statement begins in this turn of the event loop. */
  isDue: boolean;
  patience: NodeJS.Timeout | undefined;
}

/** Joins what requests ask for; one for the whole server. */
export class SharedBatches {
  readonly #parts: SharedParts;
  readonly #kinds = new Map<string, Kind>();

  constructor(parts: SharedParts) {
    this.#parts = parts;
  }

  /** The values of the keys, within a request's limits. */
  async ask<Value>(
    shared: SharedRead<Value>,
    keys: readonly string[],
    limits: RequestLimits,
  ): Promise<readonly Value[]> {
    const { kind } = shared;
    const values = await limits.within(
      () =>
        new Promise<readonly unknown[]>((resolve, reject) => {
          const found = this.#kinds.get(kind) ?? emptyKind(shared);
          this.#kinds.set(kind, found);
          found.waiting.push({ keys, limits, resolve, reject });
          this.#schedule(kind, found);
        }),
    );
    // subtle: a kind's name holds all that its read depends on, so what comes back is of this read's type.
    return values as readonly Value[];
  }

  /** Begins at the end of this turn of the event loop, with all that comes in it, or when there is room. */
  #schedule(name: string, kind: Kind): void {
    const begin = () => {
      clearTimeout(kind.patience);
      kind.patience = undefined;
      kind.isDue = false;
      if (kind.waiting.length > 0) void this.#run(name, kind, takeFrom(kind));
    };
    if (kind.isDue) return;
    if (kind.running < AT_ONCE) {
      kind.isDue = true;
      setImmediate(begin);
    } else kind.patience ??= setTimeout(begin, PATIENCE_MILLIS);
  }

  async #run(name: string, kind: Kind, asks: readonly Ask[]): Promise<void> {
    kind.running++;
    if (kind.waiting.length > 0) this.#schedule(name, kind);
    await this.#answer(kind.shared.read, asks);
    kind.running--;
    if (kind.waiting.length > 0) this.#schedule(name, kind);
    else if (kind.running === 0) this.#kinds.delete(name);
  }

  async #answer(read: ReadKeys<unknown>, asks: readonly Ask[]): Promise<void> {
    const wanted = asks.filter(({ limits }) => !limits.signal.aborted);
    if (wanted.length === 0) return;
    const keys = [...new Set(wanted.flatMap((ask) => ask.keys))];
    const limits = limitsOf(wanted);
    const { database, watch, onStatement } = this.#parts;
    try {
      const values = await read(requestDatabase(database, limits, watch, onStatement), keys);
      const places = new Map(keys.map((key, place) => [key, place]));
      for (const ask of wanted) ask.resolve(ask.keys.map((key) => values[places.get(key) ?? -1]));
    } catch (fault) {
      const isAlone = wanted.length === 1 || (fault instanceof BioWeftError && fault.retryable);
      if (isAlone) for (const ask of wanted) ask.reject(fault);
      // What is wrong with one request's part is none of the others' business.
      else await Promise.all(wanted.map((ask) => this.#answer(read, [ask])));
    } finally {
      limits.release();
    }
  }
}

function emptyKind(shared: SharedRead<unknown>): Kind {
  return { shared, waiting: [], running: 0, isDue: false, patience: undefined };
}

/** The first that fit into one statement. */
function takeFrom(kind: Kind): Ask[] {
  let rows = 0;
  let count = 0;
  for (const ask of kind.waiting) {
    rows += ask.keys.length * kind.shared.rowsAKey;
    if (count > 0 && rows > MOST_ROWS) break;
    count++;
  }
  return kind.waiting.splice(0, count);
}

/** Until the last of them ends. */
function limitsOf(asks: readonly Ask[]): RequestLimits {
  const gone = new AbortController();
  let left = asks.length;
  const leave = () => {
    left--;
    if (left === 0) gone.abort();
  };
  const millis = asks.map(({ limits }) => limits.leftMillis ?? Number.POSITIVE_INFINITY);
  const longest = Math.max(...millis);
  const limits = new RequestLimits(gone.signal, Number.isFinite(longest) ? longest : undefined);
  for (const ask of asks) ask.limits.signal.addEventListener("abort", leave, { once: true });
  limits.afterwards(() => {
    for (const ask of asks) ask.limits.signal.removeEventListener("abort", leave);
  });
  return limits;
}
