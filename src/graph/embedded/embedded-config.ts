/**
 * The embedded database's files: folders, neo4j.conf and the generated password. Starts nothing.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";

/** How much memory the database may take, in MiB. */
export interface EmbeddedMemory {
  readonly heapMebibytes: number;
  readonly pageCacheMebibytes: number;
}

/** Where the files of one embedded database are. */
export interface EmbeddedLayout {
  /** Neo4j's home: data, logs, conf. */
  readonly folder: string;
  readonly confFolder: string;
  /** What the process prints, and the server's own log. */
  readonly consoleLog: string;
  readonly serverLog: string;
}

/** Where scripts/setup.mjs puts Neo4j's jars. They belong to the checkout, not to a data folder. */
export const NEO4J_LIB = join(PACKAGE_ROOT, ".bioweft-tools", "neo4j", "lib");

/** The class path of Neo4j. Throws MISSING_DEPENDENCY when the jars are not there. */
export function neo4jClassPath(lib: string = NEO4J_LIB): string {
  const complete = existsSync(lib) && readdirSync(lib).some((name) => name.startsWith("neo4j-server-"));
  if (complete) return join(lib, "*");
  throw new BioWeftError(
    "MISSING_DEPENDENCY",
    "the embedded database is not installed; run `node scripts/setup.mjs start` (it needs Maven and a network), or set NEO4J_URI",
    { place: { file: lib } },
  );
}

/** Makes the folders of a database below a data folder. */
export function makeLayout(home: string): EmbeddedLayout {
  const folder = join(home, "neo4j");
  const confFolder = join(folder, "conf");
  for (const part of ["conf", "data", "logs", "run"]) mkdirSync(join(folder, part), { recursive: true });
  const logs = join(folder, "logs");
  return { folder, confFolder, consoleLog: join(logs, "console.log"), serverLog: join(logs, "neo4j.log") };
}

/** Writes neo4j.conf: Bolt on the loopback only, HTTP off, authentication on, little memory, quick to stop. */
export function writeNeo4jConf(layout: EmbeddedLayout, port: number, memory: EmbeddedMemory): void {
  const lines = [
    "# Written by BioWeft at every start; changes here are lost.",
    "server.default_listen_address=127.0.0.1",
    "server.bolt.enabled=true",
    `server.bolt.listen_address=127.0.0.1:${port}`,
    "server.http.enabled=false",
    "server.https.enabled=false",
    "dbms.security.auth_enabled=true",
    "dbms.security.allow_csv_import_from_file_urls=false",
    "dbms.usage_report.enabled=false",
    `server.memory.heap.max_size=${memory.heapMebibytes}m`,
    `server.memory.pagecache.size=${memory.pageCacheMebibytes}m`,
    // A deadline is noticed within this time; the default is 2 s.
    "db.transaction.monitor.check.interval=250ms",
    // Without these a new database takes half a gigabyte of disk for empty logs.
    "db.tx_log.preallocate=false",
    "db.tx_log.rotation.retention_policy=1 files",
    // Measured: the quiet periods of the network layer made every stop last 10 s; without them it takes 0.3 s.
    "internal.dbms.bolt.netty_server_shutdown_quiet_period=0",
    "internal.dbms.bolt.netty_server_shutdown_timeout=2",
    "internal.server.bolt.thread_pool_shutdown_wait_time=1s",
  ];
  writeFileSync(join(layout.confFolder, "neo4j.conf"), `${lines.join("\n")}\n`);
}

/** Whether the database has started before, and so has its users already. */
export function isInitialised(layout: EmbeddedLayout): boolean {
  return existsSync(join(layout.folder, "data", "databases", "system"));
}

/**
 * The database's password: made for a new database and kept in a file that only its owner may read. Throws
 * CONFIG when a database is there but its password is not.
 */
export function databasePassword(layout: EmbeddedLayout): string {
  const path = join(layout.folder, "password");
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  if (isInitialised(layout)) {
    throw new BioWeftError(
      "CONFIG",
      "the embedded database's password file is gone; restore it, or delete the folder around it and load again",
      { place: { file: path } },
    );
  }
  const password = randomBytes(24).toString("hex");
  writeFileSync(path, password, { mode: 0o600 });
  return password;
}
