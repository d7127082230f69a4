/**
 * A Redis of a test's own, from the redis-server of this machine: on a free port, with nothing kept on disk, so that one
 * that is killed has forgotten everything.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** Whether this machine has it; tests that need it are skipped, and counted, where not. */
export const HAS_REDIS = spawnSync("redis-server", ["--version"]).status === 0;

/** A running Redis. */
export interface TestRedis {
  readonly url: string;
  /** Kills it as a power cut does, and starts it anew on the same port, empty. */
  killAndRestart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts one. Close it. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  let server = await start(port);
  const end = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    async killAndRestart() {
      await end();
      server = await start(port);
    },
    close: end,
  };
}

async function start(port: number): Promise<ChildProcess> {
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn("redis-server", options, { stdio: ["ignore", "pipe", "ignore"] });
  for await (const text of server.stdout ?? []) if (String(text).includes("Ready to accept")) break;
  server.stdout?.resume();
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
