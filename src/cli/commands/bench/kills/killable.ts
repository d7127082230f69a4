/**
 * A database and a Redis that can be killed as a power cut does, and started anew at once where they were: for whoever uses
 * them they are away for a moment, on an address that stays.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { startEmbeddedNeo4j } from "../../../../graph/embedded/embedded-server.js";
import { type Database, type DatabaseAddress, openDatabase } from "../../../../graph/neo4j/database.js";
import { migrate } from "../../../../graph/neo4j/migrations.js";

/** A server that can be killed. */
interface Killable {
  /** Ends it with SIGKILL and starts it anew; resolves when it answers again. */
  killAndRestart(): Promise<void>;
  close(): Promise<void>;
}

/** The embedded database of a data folder, migrated. It starts itself again when its process dies, at its address. */
export interface KillableDatabase extends Killable {
  readonly address: DatabaseAddress;
  readonly database: Database;
}

/** Starts the database. Close it. */
export async function startKillableDatabase(home: string): Promise<KillableDatabase> {
  const server = await startEmbeddedNeo4j({ home });
  const database = await openDatabase(server);
  await migrate(database);
  return {
    address: server,
    database,
    async killAndRestart() {
      const killed = server.pid;
      process.kill(killed, "SIGKILL");
      while (server.pid === killed || !(await database.answers(ANSWER_MILLIS))) await setTimeout(100);
    },
    async close() {
      await database.close();
      await server.stop();
    },
  };
}

const ANSWER_MILLIS = 1_000;

/** A Redis that keeps nothing on disk: one that is killed has forgotten everything. */
export interface KillableRedis extends Killable {
  readonly url: string;
}

/** Starts the machine's redis-server; undefined where it has none. Close it. */
export async function startKillableRedis(): Promise<KillableRedis | undefined> {
  const port = await freePort();
  let server = await startRedis(port);
  if (server === undefined) return undefined;
  const end = async () => {
    const ended = server === undefined ? undefined : once(server, "exit");
    server?.kill("SIGKILL");
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    async killAndRestart() {
      await end();
      server = await startRedis(port);
    },
    close: end,
  };
}

async function startRedis(port: number): Promise<ChildProcess | undefined> {
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", options, { stdio: ["ignore", "pipe", "ignore"] });
  const absent = once(server, "error").then(() => true);
  const ready = (async () => {
    for await (const text of server.stdout) if (String(text).includes("Ready to accept")) return false;
    return true;
  })();
  if (await Promise.race([absent, ready])) return undefined;
  server.stdout.resume();
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
