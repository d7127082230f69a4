/** One limit for a service: in a process, and over a real Redis for several. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serviceLimiter } from "../../../../ingest/sources/service/service-limiter.js";
import { childEnvironment, PACKAGE_ROOT } from "../../../../src/core/config.js";

const SLACK_MILLIS = 30;

describe("in one process", () => {
  it("is the same for the same service, and lets urgent work through first", async () => {
    const limit = { address: "http://one.test", requestsPerSecond: 20 };
    expect(serviceLimiter(limit)).toBe(serviceLimiter({ ...limit }));
    const order: string[] = [];
    const limiter = serviceLimiter(limit);
    const work = (name: string, urgent: boolean) =>
      limiter.schedule(async () => void order.push(name), urgent);
    const began = Date.now();
    await Promise.all([
      work("first", false),
      work("second", false),
      work("third", false),
      work("curator", true),
    ]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(3 * 50 - SLACK_MILLIS);
    expect(order.indexOf("curator")).toBeLessThan(order.indexOf("third"));
  });

  it("lets nothing through while the service wants patience", async () => {
    const limiter = serviceLimiter({ address: "http://two.test", requestsPerSecond: 1000 });
    await limiter.pause(300);
    const began = Date.now();
    await Promise.all([1, 2, 3].map(() => limiter.schedule(async () => undefined)));
    expect(Date.now() - began).toBeGreaterThanOrEqual(300 - SLACK_MILLIS);
  });
});

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

describe.skipIf(!hasRedis)("over Redis", () => {
  const folder = mkdtempSync(join(tmpdir(), "bioweft-limit-"));
  let redis: ChildProcess;
  let redisUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    redis = await startRedis(port);
    redisUrl = `redis://127.0.0.1:${port}`;
  });
  afterAll(() => {
    redis.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startRedis(port: number): Promise<ChildProcess> {
    const options = ["--port", String(port), "--save", "", "--dir", folder];
    const server = spawn("redis-server", options, { stdio: ["ignore", "pipe", "ignore"] });
    await new Promise<void>((resolve) => {
      server.stdout.on("data", (text: Buffer) => text.includes("Ready to accept") && resolve());
    });
    return server;
  }

  /** Sends so many requests in a process of its own; when each had its turn, in milliseconds since 1970. */
  async function worker(count: number): Promise<number[]> {
    const program = `
      import { serviceLimiter } from "./ingest/sources/service/service-limiter.ts";
      const limiter = serviceLimiter({ address: "http://shared.test", requestsPerSecond: 10, redisUrl: ${JSON.stringify(redisUrl)} });
      const turns = await Promise.all(Array.from({ length: ${count} }, () => limiter.schedule(async () => Date.now())));
      console.log(JSON.stringify(turns));`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
      cwd: PACKAGE_ROOT,
      env: childEnvironment({}),
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.on("data", (text: Buffer) => {
      out += text.toString();
    });
    // It ends by itself: a connection that nobody waits for keeps no process.
    await new Promise((resolve) => child.once("close", resolve));
    return JSON.parse(out);
  }

  it("two workers keep to one limit together", async () => {
    const turns = (await Promise.all([worker(6), worker(6)])).flat().sort((a, b) => a - b);
    expect(turns).toHaveLength(12);
    expect((turns.at(-1) ?? 0) - (turns[0] ?? 0)).toBeGreaterThanOrEqual(11 * 100 - SLACK_MILLIS);
  });

  it("a wish for patience that one worker was told holds for the other", async () => {
    const limit = { address: "http://shared.test", requestsPerSecond: 10, redisUrl };
    const before = Date.now();
    await serviceLimiter(limit).pause(4000);
    const [turn = 0] = await worker(1);
    expect(turn - before).toBeGreaterThanOrEqual(4000 - SLACK_MILLIS);
  });

  it("goes on at its rate over a Redis that was killed and has forgotten everything", async () => {
    const [port, address] = [await freePort(), "http://forgotten.test"];
    const first = await startRedis(port);
    const limiter = serviceLimiter({ address, requestsPerSecond: 10, redisUrl: `redis://127.0.0.1:${port}` });
    await limiter.schedule(async () => undefined);
    first.kill("SIGKILL");
    await once(first, "exit");
    const second = await startRedis(port);
    try {
      const turns = await Promise.all([1, 2, 3].map(() => limiter.schedule(async () => Date.now())));
      expect(Math.max(...turns) - Math.min(...turns)).toBeGreaterThanOrEqual(200 - SLACK_MILLIS);
    } finally {
      second.kill();
    }
  });

  it("says so where the Redis is gone", async () => {
    const gone = `redis://127.0.0.1:${await freePort()}`;
    const limiter = serviceLimiter({ address: "http://gone.test", requestsPerSecond: 10, redisUrl: gone });
    await expect(limiter.schedule(async () => undefined)).rejects.toMatchObject({
      code: "UPSTREAM_UNAVAILABLE",
      message: expect.stringMatching(/shared over the Redis at 127.*REDIS_URL/),
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
