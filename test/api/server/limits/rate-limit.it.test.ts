/**
 * What a caller may spend in a minute: counted by cost, for each key and address of its own, by each server alone or by all
 * of them over a real Redis, which may go and come back.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ApiServer } from "../../../../src/api/server/server.js";
import { makeApiKey } from "../../../../src/core/api/access.js";
import type { Database } from "../../../../src/graph/neo4j/database.js";
import { writeApiKey } from "../../../../src/graph/write/write-api-keys.js";
import { startApi } from "../../../support/api-client.js";
import { testDatabase, wipe } from "../../../support/database.js";
import { idleJobs } from "../../../support/idle-jobs.js";
import { HAS_REDIS, startRedis, type TestRedis } from "../../../support/servers/redis-server.js";
import { openSocket, post } from "../../../support/wire-client.js";

const QUERY = { query: "{ graphStats { entities } }" };
const COST = 2;
/** Enough for three of them. */
const SETTINGS = { costAMinute: 3 * COST };

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
});
afterAll(async () => {
  await wipe(database);
  await database?.close();
});

/** What an answer says of the cost, or the code with which it was refused. */
async function balance(server: ApiServer, headers: Record<string, string> = {}) {
  const { text, errors } = await post(server, QUERY, headers);
  return errors[0]?.extensions?.["code"] ?? JSON.parse(text).extensions.cost.remaining;
}

describe("a server's own count", () => {
  it("lets a caller spend so much, tells what is left, and then when to ask again", async () => {
    const api = await startApi(database, idleJobs(), SETTINGS);
    try {
      const { text } = await post(api, QUERY);
      expect(JSON.parse(text).extensions.cost).toMatchObject({
        requested: COST,
        maximum: 50_000,
        remaining: 4,
      });
      expect([await balance(api), await balance(api)]).toEqual([2, 0]);
      const refused = await post(api, QUERY);
      expect(refused).toMatchObject({
        status: 429,
        errors: [{ extensions: { code: "RATE_LIMITED", retryable: true } }],
      });
      const seconds = Number(refused.headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(50);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(refused.errors[0]?.extensions?.["retryAfterSeconds"]).toBe(seconds);
      // Health is no operation.
      expect((await fetch(`${api.url}/health`)).status).toBe(200);
    } finally {
      await api.close();
    }
  });

  it("is one for HTTP and WebSocket, and another for each key", async () => {
    const { text, key } = makeApiKey("a script", "READER");
    await writeApiKey(database, key);
    const api = await startApi(database, idleJobs(), SETTINGS);
    try {
      const wire = await openSocket(api);
      for (const id of ["1", "2", "3", "4"]) {
        wire.say({ type: "subscribe", id, payload: QUERY });
        await wire.heard((message) => message.id === id && message.type !== "complete");
      }
      const outcomes = wire.messages.filter(({ type }) => type === "next" || type === "error");
      expect(outcomes.map(({ type }) => type)).toEqual(["next", "next", "next", "error"]);
      expect(outcomes[3]).toMatchObject({
        payload: [{ extensions: { code: "RATE_LIMITED", retryable: true } }],
      });
      wire.end();
      expect(await balance(api)).toBe("RATE_LIMITED");
      expect(await balance(api, { "x-api-key": text })).toBe(4);
    } finally {
      await api.close();
    }
  });

  it("charges for what is refused, too", async () => {
    const api = await startApi(database, idleJobs(), { costAMinute: 3 });
    try {
      for (const query of ["{ nonsense }", "{ broken", "{ nonsense }"]) await post(api, { query });
      expect(await balance(api)).toBe("RATE_LIMITED");
      const dear = await startApi(database, idleJobs(), { costAMinute: 10, maxCost: 1 });
      const [error] = (await post(dear, QUERY)).errors;
      expect(error?.extensions).toMatchObject({ code: "QUERY_TOO_EXPENSIVE", retryable: false });
      await dear.close();
    } finally {
      await api.close();
    }
  });

  it("goes by the address that a proxy names only where it is trusted", async () => {
    const from = (address: string) => ({ "x-forwarded-for": address });
    for (const [trustProxy, second] of [
      [true, 4],
      [false, 2],
    ] as const) {
      const api = await startApi(database, idleJobs(), { ...SETTINGS, trustProxy });
      expect(await balance(api, from("192.0.2.1"))).toBe(4);
      expect(await balance(api, from("192.0.2.2"))).toBe(second);
      await api.close();
    }
  });
});

describe.skipIf(!HAS_REDIS)("a count of several servers", () => {
  let redis: TestRedis;
  let servers: [ApiServer, ApiServer];
  beforeAll(async () => {
    redis = await startRedis();
    const start = () => startApi(database, idleJobs(), SETTINGS, redis.url);
    servers = [await start(), await start()];
  });
  afterAll(async () => {
    for (const server of servers ?? []) await server.close();
    await redis?.close();
  });

  it("is one, which a server that starts anew finds, and goes on here while Redis is away", async () => {
    const [first, second] = servers;
    await vi.waitUntil(async () => (await balance(first, { "x-forwarded-for": "-" })) !== undefined);
    const seen = [await balance(second), await balance(first), await balance(second)];
    expect(seen).toEqual([2, 0, "RATE_LIMITED"]);
    const third = await startApi(database, idleJobs(), SETTINGS, redis.url);
    await vi.waitFor(async () => expect(await balance(third)).toBe("RATE_LIMITED"));
    await third.close();
    await redis.killAndRestart();
    // What Redis knew is gone with it; requests are answered all the while.
    await vi.waitFor(async () => expect(await balance(first)).toBe("RATE_LIMITED"), { timeout: 10_000 });
    await vi.waitFor(async () => expect(await balance(second)).toBe("RATE_LIMITED"), { timeout: 10_000 });
  });

  it("is counted by each alone while Redis is gone, without waiting", async () => {
    await redis.close();
    const alone = await startApi(database, idleJobs(), SETTINGS, redis.url);
    const began = performance.now();
    expect([await balance(alone), await balance(alone), await balance(alone), await balance(alone)]).toEqual([
      4,
      2,
      0,
      "RATE_LIMITED",
    ]);
    expect(performance.now() - began).toBeLessThan(2_000);
    await alone.close();
  });
});
