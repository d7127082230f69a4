import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { type Database, openDatabase, type QueryEvent } from "../../../src/graph/neo4j/database.js";
import { loadStatements } from "../../../src/graph/neo4j/statements.js";
import { testAddress, testDatabase, wipe } from "../../support/database.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
});
afterAll(() => database.close());

/** Holds the graph's lock until the returned function is called, so that another writer must wait. */
async function holdLock(): Promise<() => Promise<void>> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let held = (): void => undefined;
  const holding = new Promise<void>((resolve) => {
    held = resolve;
  });
  const done = database.transact(async (transaction) => {
    await transaction.run("raise-graph-version", {});
    held();
    await released;
  });
  await holding;
  return async () => {
    release();
    await done;
  };
}

async function runningTransactions(): Promise<number> {
  const rows = await database.runText(
    "SHOW TRANSACTIONS YIELD currentQuery, status WHERE currentQuery CONTAINS 'MERGE (g:GraphVersion' RETURN count(*) AS count",
  );
  return Number(rows[0]?.["count"]);
}

describe("openDatabase", () => {
  it("names the login when the password is wrong", async () => {
    const address = { ...testAddress(), password: "not this one" };
    await expect(openDatabase(address)).rejects.toMatchObject({
      code: "DATABASE",
      message: expect.stringContaining("NEO4J_PASSWORD"),
    });
  });

  it("names the address when nobody answers", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
      });
    });
    const address = { ...testAddress(), uri: `bolt://127.0.0.1:${port}` };
    await expect(openDatabase(address)).rejects.toMatchObject({
      code: "DATABASE",
      message: expect.stringContaining(`bolt://127.0.0.1:${port} does not answer`),
    });
  });
});

describe("Database", () => {
  it("has only statements that Neo4j can plan", async () => {
    for (const { name, text, params } of loadStatements(join(PACKAGE_ROOT, "cypher")).values()) {
      const values = Object.fromEntries([...params.keys()].map((key) => [key, null]));
      await expect(database.runText(`EXPLAIN ${text}`, values), name).resolves.toEqual([]);
    }
  });

  it("gives numbers, and counts statements by name", async () => {
    const events: QueryEvent[] = [];
    const stop = database.onQuery((event) => events.push(event));
    await database.write("raise-graph-version", {});
    expect(await database.read("graph-version", {})).toEqual([{ version: 1 }]);
    stop();
    await database.read("graph-version", {});
    expect(events).toEqual([
      { statement: "raise-graph-version", mode: "WRITE" },
      { statement: "graph-version", mode: "READ" },
    ]);
  });

  it("streams rows", async () => {
    const rows = [];
    for await (const row of database.stream("applied-migrations", {})) rows.push(row["id"]);
    expect(rows.length).toBeGreaterThan(1);
  });

  it("refuses unknown statements and missing parameters as faults of ours", async () => {
    await expect(database.read("no-such", {})).rejects.toMatchObject({ code: "INTERNAL" });
    await expect(database.read("entities-by-curies", {})).rejects.toMatchObject({ code: "INTERNAL" });
  });

  it("gives up at the deadline, and the server stops too", async () => {
    const release = await holdLock();
    try {
      const begun = Date.now();
      await expect(database.write("raise-graph-version", {}, { timeoutMillis: 300 })).rejects.toMatchObject({
        code: "TIMEOUT",
        message: expect.stringContaining("raise-graph-version"),
      });
      expect(Date.now() - begun).toBeLessThan(10_000);
      await expect.poll(runningTransactions, { timeout: 15_000 }).toBeLessThanOrEqual(1);
    } finally {
      await release();
    }
  });

  it("stops when it is called off, and the server stops too", async () => {
    const release = await holdLock();
    try {
      const caller = new AbortController();
      const waiting = database.write("raise-graph-version", {}, { signal: caller.signal });
      setTimeout(() => caller.abort(), 200);
      await expect(waiting).rejects.toMatchObject({ code: "CANCELLED" });
      await expect.poll(runningTransactions, { timeout: 15_000 }).toBeLessThanOrEqual(1);
    } finally {
      await release();
    }
    const late = database.read("graph-version", {}, { signal: AbortSignal.abort() });
    await expect(late).rejects.toMatchObject({ code: "CANCELLED" });
  });

  it("undoes everything when the work fails", async () => {
    const before = await database.read("graph-version", {});
    const work = database.transact(async (transaction) => {
      await transaction.run("raise-graph-version", {});
      throw new Error("halfway");
    });
    await expect(work).rejects.toThrow("halfway");
    expect(await database.read("graph-version", {})).toEqual(before);
  });
});
