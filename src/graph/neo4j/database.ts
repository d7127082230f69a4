/**
 * The connection to Neo4j: runs named statements in managed transactions with retries, deadlines and
 * cancellation. The only file that drives neo4j-driver; it knows nothing of what the graph means.
 */
import { auth, type Driver, type Record as DriverRecord, driver, type Session } from "neo4j-driver";
import { BioWeftError } from "../../core/errors.js";
import { toBioWeftError } from "./database-errors.js";
import { statementByName, toParams } from "./statements.js";

/** Where the server is and who we are to it. */
export interface DatabaseAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

/** Values by the names that the statement's header gives them. */
export type Params = Readonly<Record<string, unknown>>;
/** One result row by the statement's `returns:`; integers are JavaScript numbers. */
export type Row = Readonly<Record<string, unknown>>;

/** How long a query may take, in milliseconds, and who may call it off. */
export interface QueryOptions {
  readonly timeoutMillis?: number;
  readonly signal?: AbortSignal;
}

/** What a query listener hears: once for every statement sent. */
export interface QueryEvent {
  readonly statement: string;
  readonly mode: "READ" | "WRITE";
}

/** One open write transaction. */
export interface WriteTransaction {
  run(statement: string, params: Params): Promise<Row[]>;
}

/**
 * An open database. Every method may throw DATABASE (server gone or refusing), TIMEOUT, CANCELLED or INTERNAL
 * (an unknown statement or a missing parameter).
 */
export interface Database {
  /** Runs a statement of cypher/read and gives all rows. */
  read(statement: string, params: Params, options?: QueryOptions): Promise<Row[]>;
  /** Runs a statement of cypher/write in a transaction of its own. */
  write(statement: string, params: Params, options?: QueryOptions): Promise<Row[]>;
  /** Several statements, all or nothing. `work` may run again after a deadlock or a lost connection. */
  transact<T>(work: (transaction: WriteTransaction) => Promise<T>, options?: QueryOptions): Promise<T>;
  /** The rows one by one, without holding them all. Nothing is retried; stop iterating to stop the query. */
  stream(statement: string, params: Params, options?: QueryOptions): AsyncGenerator<Row>;
  /** Runs text that is no named statement, outside managed transactions: for migrations and tests only. */
  runText(text: string, params?: Params): Promise<Row[]>;
  /** Hears of every statement sent, retries included; call the result to stop hearing. */
  onQuery(listener: (event: QueryEvent) => void): () => void;
  close(): Promise<void>;
}

type Mode = QueryEvent["mode"];

/** Connects and makes sure that the server answers. Throws DATABASE naming the address and the cure. */
export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  const connection = driver(address.uri, auth.basic(address.user, address.password), {
    disableLosslessIntegers: true,
    maxConnectionPoolSize: 50,
    connectionAcquisitionTimeout: 30_000,
    maxTransactionRetryTime: 30_000,
  });
  try {
    await connection.verifyConnectivity();
  } catch (fault) {
    await connection.close();
    throw toBioWeftError(fault, { uri: address.uri });
  }
  return new Neo4jDatabase(connection, address.uri);
}

class Neo4jDatabase implements Database {
  private readonly listeners = new Set<(event: QueryEvent) => void>();

  constructor(
    private readonly connection: Driver,
    private readonly uri: string,
  ) {}

  read(statement: string, params: Params, options: QueryOptions = {}): Promise<Row[]> {
    return this.managed("READ", options, (transaction) => transaction.run(statement, params));
  }

  write(statement: string, params: Params, options: QueryOptions = {}): Promise<Row[]> {
    return this.managed("WRITE", options, (transaction) => transaction.run(statement, params));
  }

  transact<T>(work: (transaction: WriteTransaction) => Promise<T>, options: QueryOptions = {}): Promise<T> {
    return this.managed("WRITE", options, work);
  }

  async *stream(statement: string, params: Params, options: QueryOptions = {}): AsyncGenerator<Row> {
    refuseAborted(options);
    const { text, values } = this.prepare("READ", statement, params);
    const session = this.connection.session({ defaultAccessMode: "READ" });
    const guard = new Guard(session, options);
    try {
      for await (const record of session.run(text, values, guard.transactionConfig)) yield toRow(record);
    } catch (fault) {
      throw toBioWeftError(fault, { uri: this.uri, statement, ...guard.verdict() });
    } finally {
      guard.release();
      await session.close();
    }
  }

  async runText(text: string, params: Params = {}): Promise<Row[]> {
    const session = this.connection.session();
    try {
      const { records } = await session.run(text, params);
      return records.map(toRow);
    } catch (fault) {
      throw toBioWeftError(fault, { uri: this.uri });
    } finally {
      await session.close();
    }
  }

  onQuery(listener: (event: QueryEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private prepare(mode: Mode, name: string, params: Params) {
    const statement = statementByName(name);
    const values = toParams(statement, params);
    for (const listener of this.listeners) listener({ statement: name, mode });
    return { text: statement.text, values };
  }

  private async managed<T>(
    mode: Mode,
    options: QueryOptions,
    work: (transaction: WriteTransaction) => Promise<T>,
  ): Promise<T> {
    refuseAborted(options);
    const session = this.connection.session({ defaultAccessMode: mode });
    const guard = new Guard(session, options);
    let last = "";
    try {
      const execute =
        mode === "READ" ? session.executeRead.bind(session) : session.executeWrite.bind(session);
      const done = execute((transaction) => {
        const run = async (name: string, params: Params): Promise<Row[]> => {
          const { text, values } = this.prepare(mode, name, params);
          last = name;
          const { records } = await transaction.run(text, values);
          return records.map(toRow);
        };
        return work({ run });
      }, guard.transactionConfig);
      return await guard.race(done);
    } catch (fault) {
      throw toBioWeftError(fault, { uri: this.uri, statement: last, ...guard.verdict() });
    } finally {
      guard.release();
      await session.close();
    }
  }
}

/** Watches one session's deadline and signal; closing the session makes the server drop its transaction. */
class Guard {
  readonly transactionConfig: { timeout?: number };
  private readonly timer: NodeJS.Timeout | undefined;
  private ended: "TIMEOUT" | "CANCELLED" | undefined;
  private fail: ((fault: Error) => void) | undefined;
  private readonly cancel = (): void => this.end("CANCELLED");

  constructor(
    private readonly session: Session,
    private readonly options: QueryOptions,
  ) {
    const { timeoutMillis, signal } = options;
    this.transactionConfig = timeoutMillis === undefined ? {} : { timeout: Math.max(1, timeoutMillis) };
    signal?.addEventListener("abort", this.cancel, { once: true });
    if (timeoutMillis !== undefined) this.timer = setTimeout(() => this.end("TIMEOUT"), timeoutMillis);
  }

  /** Settles as the work does, or at once when the deadline passes or the signal fires. */
  async race<T>(work: Promise<T>): Promise<T> {
    const stopped = new Promise<never>((_, reject) => {
      this.fail = reject;
    });
    // A cancelled transaction still rejects later, when nobody listens any more: its fault is known already.
    work.catch(() => undefined);
    return await Promise.race([work, stopped]);
  }

  verdict(): { ended?: "TIMEOUT" | "CANCELLED" } {
    return this.ended === undefined ? {} : { ended: this.ended };
  }

  release(): void {
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener("abort", this.cancel);
  }

  private end(why: "TIMEOUT" | "CANCELLED"): void {
    this.ended ??= why;
    this.fail?.(new BioWeftError(why, "the query was ended"));
    void this.session.close();
  }
}

function refuseAborted({ signal }: QueryOptions): void {
  if (signal?.aborted) throw new BioWeftError("CANCELLED", "the query was cancelled before it began");
}

function toRow(record: DriverRecord): Row {
  return record.toObject();
}
