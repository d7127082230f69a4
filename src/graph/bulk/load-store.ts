/**
 * Bulk load: a stream of documents into the embedded database of a data folder that holds no graph yet, by way of tables and
 * Neo4j's importer. The store is made beside the old one and put in its place when it is whole and counted; whatever breaks
 * off before leaves the old one as it was. Ordinary writes go on from there.
 */
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { ApiKey } from "../../core/api/access.js";
import { BioWeftError } from "../../core/errors.js";
import { isInitialised, makeLayout, neo4jClassPath } from "../embedded/embedded-config.js";
import { lockHome } from "../embedded/embedded-lock.js";
import { startEmbeddedNeo4j } from "../embedded/embedded-server.js";
import { findJava } from "../embedded/java.js";
import { recoverSwap, swapStore } from "../embedded/store-swap.js";
import { type Database, openDatabase } from "../neo4j/database.js";
import { createSchema } from "../neo4j/migrations.js";
import { readApiKeys } from "../read/read-api-keys.js";
import { type BulkContents, type FinishedTable, type TableOptions, writeTables } from "./graph-tables.js";
import { type ImportedCounts, importStore } from "./import-process.js";
import type { TableName } from "./tables.js";

/** What to load, and into which data folder. */
interface BulkLoad extends Omit<BulkContents, "keys">, TableOptions {
  readonly home: string;
}

/** What a load brought, by table, and how long its parts took in milliseconds. */
export interface BulkLoadCounts extends ImportedCounts {
  readonly rows: Readonly<Record<TableName, number>>;
  readonly millis: { readonly tables: number; readonly import: number; readonly schema: number };
}

/** For counting, and for building the indexes of a large graph. */
const MEMORY = { heapMebibytes: 1024, pageCacheMebibytes: 512 };

/**
 * Loads. Throws BAD_INPUT for a graph that holds something already and for what ordinary writes refuse, LOCKED, DATABASE and
 * CANCELLED: the store is then as it was.
 */
export async function loadStore(load: BulkLoad): Promise<BulkLoadCounts> {
  const layout = makeLayout(resolve(load.home));
  const { command: java } = await findJava();
  const classPath = neo4jClassPath();
  const keys = isInitialised(layout) ? await keysOfEmptyGraph(load.home) : [];
  const began = performance.now();
  const lock = await lockHome(layout.folder);
  const home = join(layout.folder, "import");
  try {
    recoverSwap(layout.folder);
    rmSync(home, { recursive: true, force: true });
    const tables = await writeTables(join(home, "tables"), { ...load, keys }, load);
    const tabled = performance.now();
    const { signal, onProgress } = load;
    const imported = await importStore({
      java,
      classPath,
      home,
      tables: Object.values(tables),
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    swapStore(layout.folder, join(home, "data"));
    lock.release();
    const swapped = performance.now();
    await finish(load.home, imported);
    return {
      ...imported,
      rows: rowsOf(tables),
      millis: { tables: tabled - began, import: swapped - tabled, schema: performance.now() - swapped },
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
    lock.release();
  }
}

function rowsOf(tables: Record<TableName, FinishedTable>): Record<TableName, number> {
  const counts = Object.entries(tables).map(([name, { rows }]) => [name, rows]);
  return Object.fromEntries(counts) as Record<TableName, number>;
}

const countsRow = z.object({
  nodes: z.number(),
  relationships: z.number(),
  housekeeping: z.number(),
  keys: z.number(),
});

/** Nothing that is stored may be lost, so only a graph that holds nothing is replaced, but for keys of the API, which are kept. */
async function keysOfEmptyGraph(home: string): Promise<ApiKey[]> {
  const { nodes, housekeeping, keys, kept } = await withStore(home, async (database) => ({
    ...(await storeCounts(database)),
    kept: await readApiKeys(database),
  }));
  if (nodes === housekeeping + keys) return kept;
  throw new BioWeftError(
    "BAD_INPUT",
    `the graph holds ${nodes - housekeeping - keys} things already, and bulk loading fills an empty one; load without it, or set BIOWEFT_HOME to a new folder`,
    { place: { file: home } },
  );
}

/** Builds constraints and indexes, and looks whether the database has what was imported. */
async function finish(home: string, { nodes, relationships }: ImportedCounts): Promise<void> {
  const held = await withStore(home, async (database) => {
    const counts = await storeCounts(database);
    await createSchema(database);
    return counts;
  });
  if (held.nodes === nodes && held.relationships === relationships) return;
  throw new BioWeftError(
    "DATABASE",
    `the new store holds ${held.nodes} nodes and ${held.relationships} relationships of ${nodes} and ${relationships} imported ones; delete the data folder and load again`,
    { place: { file: home } },
  );
}

async function storeCounts(database: Database) {
  const [row] = await database.read("store-counts", {});
  return countsRow.parse(row);
}

async function withStore<T>(home: string, work: (database: Database) => Promise<T>): Promise<T> {
  const server = await startEmbeddedNeo4j({ home, memory: MEMORY });
  try {
    const database = await openDatabase(server);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}
