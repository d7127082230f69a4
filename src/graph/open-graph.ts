/**
 * The graph that a command works on: the server that NEO4J_URI names, else the data folder's own, embedded or in a
 * container as BIOWEFT_DATABASE says, which is started, or used where another command runs it already.
 */
import { setTimeout } from "node:timers/promises";
import type { Config, DatabaseKind } from "../core/config.js";
import { BioWeftError, type ErrorCode } from "../core/errors.js";
import { requireContainerEngine } from "./container/container-engine.js";
import { containerAddress } from "./container/container-record.js";
import { startContainerNeo4j } from "./container/container-server.js";
import { embeddedAddress } from "./embedded/embedded-address.js";
import { startEmbeddedNeo4j } from "./embedded/embedded-server.js";
import { type Database, type DatabaseAddress, openDatabase } from "./neo4j/database.js";
import { migrate, missingMigrations } from "./neo4j/migrations.js";

/** An open, migrated graph. */
export interface OpenGraph {
  readonly database: Database;
  /** Closes the connection, and stops the server if this command started it. */
  close(): Promise<void>;
}

/** A server that this command started. */
interface StartedServer extends DatabaseAddress {
  stop(): Promise<void>;
}

/** One way to have a server of the data folder's own. */
interface LocalDatabase {
  start(home: string): Promise<StartedServer>;
  /** Where it answers that another command runs, as far as the data folder's files say. */
  runningAt(home: string): DatabaseAddress | undefined;
}

const LOCAL: Readonly<Record<DatabaseKind, LocalDatabase>> = {
  embedded: { start: (home) => startEmbeddedNeo4j({ home }), runningAt: embeddedAddress },
  container: { start: (home) => startContainerNeo4j({ home }), runningAt: containerAddress },
};

/** Throws MISSING_DEPENDENCY where a container is asked for and no engine answers; before anything slow is begun. */
export async function checkDatabaseChoice({ neo4j, database }: Config): Promise<void> {
  if (neo4j === undefined && database === "container") await requireContainerEngine();
}

/**
 * Opens the graph. `exclusive` refuses, with LOCKED, a data folder that another command uses. Throws what the
 * database's start throws.
 */
export async function openGraph(
  config: Config,
  options: { readonly exclusive: boolean },
): Promise<OpenGraph> {
  if (config.neo4j !== undefined) return connect(config.neo4j);
  const local = LOCAL[config.database ?? "embedded"];
  let server: StartedServer;
  try {
    server = await local.start(config.home);
  } catch (fault) {
    if (!isCoded(fault, "LOCKED") || options.exclusive) throw fault;
    return connectToRunning(() => local.runningAt(config.home), fault);
  }
  try {
    return await connect(server, () => server.stop());
  } catch (fault) {
    await server.stop();
    throw fault;
  }
}

async function connect(address: DatabaseAddress, stop?: () => Promise<void>): Promise<OpenGraph> {
  const database = await openDatabase(address);
  await migrate(database);
  return {
    database,
    close: async () => {
      await database.close();
      await stop?.();
    },
  };
}

/** How long the command that holds the data folder may take to have its database answer. */
const START_MILLIS = 60_000;
const RETRY_MILLIS = 500;

/**
 * Connects to the database that another command runs, or is just starting: it is that command's to migrate, since
 * two that migrate at once trip over each other's indexes. Throws `locked` where it does not come up in time.
 */
async function connectToRunning(
  address: () => DatabaseAddress | undefined,
  locked: BioWeftError,
): Promise<OpenGraph> {
  for (const deadline = Date.now() + START_MILLIS; Date.now() < deadline; await setTimeout(RETRY_MILLIS)) {
    const database = await openRunning(address());
    if (database === undefined) continue;
    if ((await missingMigrations(database)).length === 0) return { database, close: () => database.close() };
    await database.close();
  }
  throw locked;
}

/** Undefined while the database does not answer. */
async function openRunning(address: DatabaseAddress | undefined): Promise<Database | undefined> {
  try {
    return address === undefined ? undefined : await openDatabase(address);
  } catch (fault) {
    if (isCoded(fault, "DATABASE")) return undefined;
    throw fault;
  }
}

function isCoded(fault: unknown, code: ErrorCode): fault is BioWeftError {
  return fault instanceof BioWeftError && fault.code === code;
}
