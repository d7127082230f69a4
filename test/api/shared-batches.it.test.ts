/**
 * What different requests ask for at one time meets in one statement, and what befalls one of them is none of the others' business.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createBatchLoaders } from "../../src/api/platform/batch-loaders.js";
import { DatabaseWatch } from "../../src/api/platform/database-watch.js";
import { RequestLimits } from "../../src/api/platform/request-limits.js";
import { SharedBatches } from "../../src/api/platform/shared-batches.js";
import { BioWeftError } from "../../src/core/errors.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { writeGold } from "../support/api-client.js";
import { testDatabase, wipe } from "../support/database.js";
import { LITERATURE } from "../support/literature.js";

const FISH_OIL = "MESH:D005395";
const PTGS1 = "NCBIGene:5742";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, LITERATURE);
});
afterAll(async () => {
  await wipe(database);
  await database?.close();
});

function sharedBatches() {
  const statements: string[] = [];
  const watch = new DatabaseWatch(database);
  const shared = new SharedBatches({ database, watch, onStatement: (name) => statements.push(name) });
  return { shared, statements };
}
const request = (millis?: number) => {
  const gone = new AbortController();
  return { gone, limits: new RequestLimits(gone.signal, millis) };
};

it("many requests at once ask in one statement, and each gets its own in its order", async () => {
  const { shared, statements } = sharedBatches();
  const curies = [FISH_OIL, PTGS1, "NCBIGene:1"];
  const answers = await Promise.all(
    Array.from({ length: 30 }, async (_, at) => {
      const loaders = createBatchLoaders(shared, request().limits);
      const mine = at % 2 === 0 ? curies : [...curies].reverse();
      return (await loaders.entity().loadMany(mine)).map((row) => (row as { curie?: string })?.curie);
    }),
  );
  for (const [at, answer] of answers.entries()) {
    const names = [FISH_OIL, PTGS1, undefined];
    expect(answer).toEqual(at % 2 === 0 ? names : names.reverse());
  }
  expect(statements).toEqual(["entities-by-curies"]);
});

it("other arguments are another statement", async () => {
  const { shared, statements } = sharedBatches();
  const loaders = createBatchLoaders(shared, request().limits);
  await Promise.all([loaders.entity().load(FISH_OIL), loaders.entity(1900).load(FISH_OIL)]);
  expect([...statements].sort()).toEqual(["entities-by-curies", "entities-by-curies-as-of"]);
});

it("nothing is kept: what is asked after an answer is read anew", async () => {
  const { shared, statements } = sharedBatches();
  const version = () => createBatchLoaders(shared, request().limits).graphVersion();
  const before = await version();
  await writeGold(database, [{ ...LITERATURE[0], title: "Another title" } as (typeof LITERATURE)[0]]);
  expect(await version()).not.toBe(before);
  expect(statements).toHaveLength(2);
});

it("who goes hears at once, and the others are answered", async () => {
  const { shared } = sharedBatches();
  const [one, other] = [request(), request()];
  let answer: ((values: string[]) => void) | undefined;
  const read = () =>
    new Promise<string[]>((resolve) => {
      answer = resolve;
    });
  const asked = [one, other].map(({ limits }) =>
    shared.ask({ kind: "slow", rowsAKey: 1, read }, ["a"], limits),
  );
  const first = expect(asked[0]).rejects.toMatchObject({ code: "CANCELLED" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  one.gone.abort();
  await first;
  answer?.(["A"]);
  expect(await asked[1]).toEqual(["A"]);
});

it("a statement that nobody waits for any more is ended", async () => {
  const { shared } = sharedBatches();
  const askers = [request(), request()];
  let outcome: unknown;
  let goOn: (() => void) | undefined;
  const read = async (within: Database) => {
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    outcome = await within.read("graph-version", {}).catch((fault: unknown) => fault);
    return ["A"];
  };
  const asked = askers.map(({ limits }) =>
    expect(shared.ask({ kind: "left", rowsAKey: 1, read }, ["a"], limits)).rejects.toMatchObject({
      code: "CANCELLED",
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const { gone } of askers) gone.abort();
  await Promise.all(asked);
  goOn?.();
  await expect.poll(() => outcome).toMatchObject({ code: "CANCELLED" });
});

it("a fault of one request's part fails that request alone", async () => {
  const { shared } = sharedBatches();
  const read = async (_: Database, keys: readonly string[]) => {
    if (keys.includes("bad")) throw new BioWeftError("INTERNAL", "a bad row");
    return keys.map((key) => key.toUpperCase());
  };
  const asked = ["a", "bad", "c"].map((key) =>
    shared.ask({ kind: "some", rowsAKey: 1, read }, [key], request().limits),
  );
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : "fault"))).toEqual([
    ["A"],
    "fault",
    ["C"],
  ]);
});

it("who asks while much is under way waits for company, not for long and not for too much of it", async () => {
  const { shared } = sharedBatches();
  const sizes: number[] = [];
  const release: (() => void)[] = [];
  const read = (_: Database, keys: readonly string[]) => {
    sizes.push(keys.length);
    return new Promise<string[]>((resolve) => release.push(() => resolve([...keys])));
  };
  const asked: Promise<readonly string[]>[] = [];
  const ask = (key: string) =>
    asked.push(shared.ask({ kind: "busy", rowsAKey: 700, read }, [key], request().limits));
  for (const key of ["a", "b"]) {
    ask(key);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // Two are under way, and do not end.
  for (const key of ["c", "d", "e"]) ask(key);
  await expect.poll(() => sizes.length, { timeout: 5_000 }).toBe(4);
  // Of what came, so much as has no more than 2,000 rows, then the rest.
  expect(sizes).toEqual([1, 1, 2, 1]);
  for (const letGo of release) letGo();
  expect((await Promise.all(asked)).flat()).toEqual(["a", "b", "c", "d", "e"]);
});
