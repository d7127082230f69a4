/**
 * The graph that a command works on: the server that NEO4J_URI names, else the embedded one of the data folder,
 * which is started, or used where another command runs it already.
 */
import type { Config } from "../core/config.js";
import { BioWeftError } from "../core/errors.js";
import { type Database, type DatabaseAddress, openDatabase } from "../graph/database.js";
import { embeddedAddress } from "../graph/embedded-address.js";
import { type EmbeddedServer, startEmbeddedNeo4j } from "../graph/embedded-server.js";
import { migrate } from "../graph/migrations.js";

/** An open, migrated graph. */
export interface OpenGraph {
  readonly database: Database;
  /** Closes the connection, and stops the server if this command started it. */
  close(): Promise<void>;
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
  let server: EmbeddedServer;
  try {
    server = await startEmbeddedNeo4j({ home: config.home });
  } catch (fault) {
    const running = isLocked(fault) && !options.exclusive ? embeddedAddress(config.home) : undefined;
    if (running === undefined) throw fault;
    return connect(running);
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

function isLocked(fault: unknown): boolean {
  return fault instanceof BioWeftError && fault.code === "LOCKED";
}
