/**
 * The connection to Neo4j: runs named statements in managed transactions with retries, deadlines and
 * cancellation. The only file that drives neo4j-driver; it knows nothing of what the graph means.
 */
import {
  auth,
  type Driver,
  type Record as DriverRecord,
  driver,
  isRetryableError,
  Neo4jError,
} from "neo4j-driver";
import { beginSpan, inSpan, type SpanForm } from "../../core/telemetry/spans.js";
import { toBioWeftError } from "./database-errors.js";
import { Pulse } from "./pulse.js";
import { endedBy, Guard } from "./query-guard.js";
import type { DatabaseAddress, QueryOptions } from "./query-options.js";
import { statementByName, toParams } from "./statements.js";

export type { DatabaseAddress, QueryOptions };

/** Values by the names that the statement's header gives them. */
export type Params = Readonly<Record<string, unknown>>;
/** One result row by the statement's `returns:`; integers are JavaScript numbers. */
export type Row = Readonly<Record<string, unknown>>;

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
  /** Several statements, all or nothing. `work` may run again: after a deadlock, a lost connection, or where it waited for what is gone. */
  transact<T>(work: (transaction: WriteTransaction) => Promise<T>, options?: QueryOptions): Promise<T>;
  /** The rows one by one, without holding them all. Nothing is retried; stop iterating to stop the query. */
  stream(statement: string, params: Params, options?: QueryOptions): AsyncGenerator<Row>;
  /** Runs text that is no named statement, outside managed transactions: for migrations and tests only. */
  runText(text: string, params?: Params): Promise<Row[]>;
  /** Hears of every statement sent, retries included; call the result to stop hearing. */
  onQuery(listener: (event: QueryEvent) => void): () => void;
  /** Whether the server answers within so many milliseconds; never throws, and waits for none of the other queries. */
  answers(withinMillis: number): Promise<boolean>;
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
    // Neither is heard by anybody, and each answer would carry the one, each transaction the other.
    notificationFilter: { minimumSeverityLevel: "OFF" },
    telemetryDisabled: true,
  });
  try {
    await connection.verifyConnectivity();
  } catch (fault) {
    await connection.close();
    throw toBioWeftError(fault, { uri: address.uri });
  }
  return new Neo4jDatabase(connection, address);
}

class Neo4jDatabase implements Database {
  private readonly listeners = new Set<(event: QueryEvent) => void>();
  private readonly uri: string;
  private readonly pulse: Pulse;

  constructor(
    private readonly connection: Driver,
    address: DatabaseAddress,
  ) {
    this.uri = address.uri;
    this.pulse = new Pulse(address);
  }

  async read(statement: string, params: Params, options: QueryOptions = {}): Promise<Row[]> {
    const rows = await this.readAtOnce(statement, params, options);
    return rows ?? this.managed("READ", options, (transaction) => transaction.run(statement, params));
  }

  write(statement: string, params: Params, options: QueryOptions = {}): Promise<Row[]> {
    return this.managed("WRITE", options, (transaction) => transaction.run(statement, params));
  }

  transact<T>(work: (transaction: WriteTransaction) => Promise<T>, options: QueryOptions = {}): Promise<T> {
    return this.managed("WRITE", options, work);
  }

  async *stream(statement: string, params: Params, options: QueryOptions = {}): AsyncGenerator<Row> {
    refuseAborted(options);
    const { text, values } = this.prepare("READ", statement, params, options);
    const session = this.connection.session({ defaultAccessMode: "READ" });
    const guard = new Guard(session, options);
    const endSpan = beginSpan(spanOf(statement, "READ"));
    try {
      for await (const record of session.run(text, values, guard.transactionConfig)) yield toRow(record);
    } catch (fault) {
      endSpan(fault);
      throw toBioWeftError(fault, { uri: this.uri, statement, ...guard.verdict() });
    } finally {
      endSpan();
      guard.release();
      await guard.close();
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

  answers(withinMillis: number): Promise<boolean> {
    return this.pulse.feel(withinMillis);
  }

  async close(): Promise<void> {
    await Promise.all([this.connection.close(), this.pulse.close()]);
  }

  private prepare(mode: Mode, name: string, params: Params, { isAside = false }: QueryOptions) {
    const statement = statementByName(name);
    const values = toParams(statement, params);
    for (const listener of isAside ? [] : this.listeners) listener({ statement: name, mode });
    return { text: statement.text, values };
  }

  /**
   * One statement without a transaction that is begun and committed, which would be two more journeys to the server. Undefined
   * where it failed and may be tried again.
   */
  private async readAtOnce(
    statement: string,
    params: Params,
    options: QueryOptions,
  ): Promise<Row[] | undefined> {
    refuseAborted(options);
    const { text, values } = this.prepare("READ", statement, params, options);
    const session = this.connection.session({ defaultAccessMode: "READ" });
    const guard = new Guard(session, options);
    try {
      const { records } = await guard.race(
        inSpan(spanOf(statement, "READ"), async () => session.run(text, values, guard.transactionConfig)),
      );
      return records.map(toRow);
    } catch (fault) {
      const { ended } = guard.verdict();
      if (ended === undefined && fault instanceof Error && isRetryableError(fault)) return undefined;
      throw toBioWeftError(fault, { uri: this.uri, statement, ...guard.verdict() });
    } finally {
      guard.release();
      await guard.close();
    }
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
          const { text, values } = this.prepare(mode, name, params, options);
          last = name;
          try {
            const { records } = await inSpan(spanOf(name, mode), async () => transaction.run(text, values));
            return records.map(toRow);
          } catch (fault) {
            throw mode === "WRITE" ? repeatable(fault) : fault;
          }
        };
        return work({ run });
      }, guard.transactionConfig);
      return await guard.race(done);
    } catch (fault) {
      throw toBioWeftError(fault, { uri: this.uri, statement: last, ...guard.verdict() });
    } finally {
      guard.release();
      await guard.close();
    }
  }
}

function spanOf(statement: string, mode: Mode): SpanForm {
  const attributes = {
    "db.system.name": "neo4j",
    "db.operation.name": statement,
    "bioweft.access_mode": mode,
  };
  return { name: `neo4j ${statement}`, kind: "asks", attributes };
}

/** What another transaction deleted while this one waited for it is, when the work begins anew, plainly not there. */
function repeatable(fault: unknown): unknown {
  const isGone = fault instanceof Neo4jError && fault.code === "Neo.ClientError.Statement.EntityNotFound";
  return isGone ? Object.assign(fault, { retriable: true }) : fault;
}

function refuseAborted({ signal }: QueryOptions): void {
  if (signal?.aborted) throw endedBy(signal);
}

function toRow(record: DriverRecord): Row {
  return record.toObject();
}
