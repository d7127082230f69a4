/**
 * What becomes of the API when its database freezes or is killed: requests are told at once, health too, and it goes on by
 * itself once the database is there again, which the embedded one is by itself. With an embedded Neo4j of the test's own.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ApiServer } from "../../../src/api/server/server.js";
import { startEmbeddedNeo4j } from "../../../src/graph/embedded/embedded-server.js";
import { awaitExit } from "../../../src/graph/embedded/process-identity.js";
import { type Database, openDatabase } from "../../../src/graph/neo4j/database.js";
import { migrate } from "../../../src/graph/neo4j/migrations.js";
import { ask, startApi, writeGold } from "../../support/api-client.js";
import { graphDump, wipe } from "../../support/database.js";
import { idleJobs } from "../../support/idle-jobs.js";
import { crowd, LITERATURE } from "../../support/literature.js";
import { openSocket, post, type WireAnswer, type WireSocket } from "../../support/wire-client.js";

const READ = `{ entity(curie: "MESH:D005395") { name relations { nodes { belief evidence { nodes { sentence } } } } } }`;
const DISCOVER = `{ discover(from: "MESH:D005395", targetType: DISEASE) { candidates { entity { name } } } }`;
const CHANGE = `mutation { undoCuration(id: "x", curator: "ann") { id } }`;
const TOLD_MILLIS = 2_000;
const HEALTH_MILLIS = 1_000;
/** On a machine that others use, one may wait for the processor. */
const TRIES = { retry: 2, timeout: 300_000 };
/** A start of Neo4j takes ten seconds, and several times that on a machine that others use. */
const BACK = { timeout: 100_000, interval: 200 };
/** Documents a transaction, so that half of one would show. */
const BATCH = 20;

let home: string;
let server: Awaited<ReturnType<typeof startEmbeddedNeo4j>>;
let database: Database;
let api: ApiServer;
/** A socket that was opened before. */
let wire: WireSocket;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "bioweft-loss-"));
  server = await startEmbeddedNeo4j({ home });
  database = await openDatabase(server);
  await migrate(database);
  await writeGold(database, LITERATURE);
  api = await startApi(database, idleJobs());
});
beforeEach(async () => {
  await answersAgain();
  wire = await openSocket(api);
});
afterEach(() => wire?.end());
afterAll(async () => {
  await api?.close();
  await database?.close();
  await server?.stop();
  rmSync(home, { recursive: true, force: true });
});

const timed = async <T>(work: Promise<T>): Promise<{ result: T; millis: number }> => {
  const began = performance.now();
  const result = await work;
  return { result, millis: performance.now() - began };
};
let asked = 0;
const onSocket = async (query: string) => {
  asked += 1;
  const own = String(asked);
  wire.say({ type: "subscribe", id: own, payload: { query } });
  const { payload } = await wire.heard(({ id, type }) => id === own && type !== "complete");
  const errors = Array.isArray(payload) ? payload : (payload as { errors: WireAnswer["errors"] }).errors;
  return errors as WireAnswer["errors"];
};

/** All ways to ask, each with what it was told and how long it took. */
async function toldWithoutDatabase() {
  const http = (query: string) => post(api, { query }).then(({ errors }) => errors);
  const questions = [http(READ), http(DISCOVER), http(CHANGE), onSocket(READ), onSocket(CHANGE)];
  const health = timed(fetch(`${api.url}/health`));
  const told = await Promise.all(questions.map(timed));
  return { told, health: await health };
}

function expectUnavailable({ told, health }: Awaited<ReturnType<typeof toldWithoutDatabase>>): void {
  expect([health.result.status, health.millis < HEALTH_MILLIS]).toEqual([503, true]);
  for (const { result, millis } of told) {
    expect(result[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: true });
    expect(JSON.stringify(result)).not.toMatch(/bolt|127\.0\.0\.1|neo4j/i);
    expect(millis).toBeLessThan(TOLD_MILLIS);
  }
}

async function answersAgain(): Promise<void> {
  await vi.waitUntil(async () => (await fetch(`${api.url}/health`)).status === 200, BACK);
  for (const query of [READ, DISCOVER]) {
    await vi.waitFor(async () => expect((await ask(api, query)).errors).toEqual([]), BACK);
  }
  expect((await post(api, { query: CHANGE })).errors[0]?.extensions?.["code"]).toBe("NOT_FOUND");
}

describe("a database that freezes", () => {
  it(
    "is told as that within two seconds, by health within one, and is asked again when it goes on",
    TRIES,
    async () => {
      process.kill(server.pid, "SIGSTOP");
      try {
        expectUnavailable(await toldWithoutDatabase());
        // Those that come later hear it as soon.
        expectUnavailable(await toldWithoutDatabase());
      } finally {
        process.kill(server.pid, "SIGCONT");
      }
      await answersAgain();
    },
  );

  it("is told to those whose requests were under way", TRIES, async () => {
    const under = Array.from({ length: 20 }, () => post(api, { query: READ }));
    process.kill(server.pid, "SIGSTOP");
    try {
      const { result, millis } = await timed(Promise.all(under));
      expect(millis).toBeLessThan(TOLD_MILLIS + 500);
      for (const { errors } of result) {
        const code = errors[0]?.extensions?.["code"];
        expect([undefined, "UPSTREAM_UNAVAILABLE"]).toContain(code);
      }
    } finally {
      process.kill(server.pid, "SIGCONT");
    }
    await answersAgain();
  });
});

describe("a database that is killed", () => {
  it(
    "is told as that, and started again by itself, at the same address, with all that it had",
    TRIES,
    async () => {
      const before = await graphDump(database);
      const killed = server.pid;
      process.kill(killed, "SIGKILL");
      expect(await awaitExit(killed, 5_000)).toBe(true);
      expectUnavailable(await toldWithoutDatabase());
      await answersAgain();
      expect(server.pid).not.toBe(killed);
      expect(await graphDump(database)).toEqual(before);
    },
  );

  it("has nothing half-written, and what was interrupted can be written again", {
    timeout: 300_000,
  }, async () => {
    const documents = crowd(2 * BATCH);
    const batches = Array.from({ length: documents.length / BATCH }, (_, at) =>
      documents.slice(at * BATCH, (at + 1) * BATCH),
    );
    const killed = server.pid;
    let written = 0;
    const writing = (async () => {
      for (const batch of batches) {
        await writeGold(database, batch);
        written += 1;
        if (written === 1) globalThis.setTimeout(() => process.kill(killed, "SIGKILL"), 40);
      }
    })();
    // The driver tries again for half a minute, which may be enough.
    await writing.catch((fault: unknown) =>
      expect(fault).toMatchObject({ code: "DATABASE", retryable: true }),
    );
    await answersAgain();
    expect(server.pid).not.toBe(killed);
    const [found] = await database.runText(
      `MATCH (p:Publication) WHERE p.pmid STARTS WITH '82' OR p.pmid STARTS WITH '83'
       RETURN count(p) AS papers,
              count(CASE WHEN EXISTS { (p)<-[:FROM]-(:Evidence)-[:SUPPORTS]->(r:Relation {papers: 1})
                WHERE EXISTS { (r)-[:SUBJECT]->(:Entity) } AND EXISTS { (r)-[:OBJECT]->(:Entity) } } THEN 1 END) AS whole`,
    );
    const papers = Number(found?.["papers"]);
    expect(papers).toBeGreaterThanOrEqual(BATCH);
    expect([papers % BATCH, found?.["whole"]]).toEqual([0, papers]);
    for (const batch of batches) await writeGold(database, batch);
    const afterLoss = await graphDump(database);
    await wipe(database);
    await writeGold(database, LITERATURE);
    for (const batch of batches) await writeGold(database, batch);
    expect(afterLoss).toEqual(await graphDump(database));
  });

  it("stays ended once it was told to stop, also while it is being started again", async () => {
    const killed = server.pid;
    process.kill(killed, "SIGKILL");
    await vi.waitUntil(() => server.pid !== killed, BACK);
    const next = server.pid;
    await server.stop();
    expect(await awaitExit(next, 1_000)).toBe(true);
    await new Promise((resolve) => globalThis.setTimeout(resolve, 1_000));
    expect(server.pid).toBe(next);
  });
});
