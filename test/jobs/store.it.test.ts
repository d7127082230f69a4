/** Extraction jobs in a real database: who has them in hand, in which order they are taken, and that an end stands. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ExtractionJob } from "../../src/core/extraction-job.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { readJob } from "../../src/graph/read/read-jobs.js";
import { JobStore, MOST_BEGUN } from "../../src/jobs/store.js";
import { testDatabase, wipe } from "../support/database.js";
import { aJob, recordJob } from "../support/jobs.js";

const MODEL = "model@1";

let database: Database;
let one: JobStore;
let other: JobStore;
/** Its leases have passed as soon as it has something in hand. */
let gone: JobStore;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await wipe(database);
  one = new JobStore(database, MODEL, 60_000);
  other = new JobStore(database, MODEL, 60_000);
  gone = new JobStore(database, MODEL, -1_000);
});

const ids = (jobs: readonly ExtractionJob[]) => jobs.map(({ id }) => id);
const submit = (...jobs: readonly ExtractionJob[]) => one.submitMany(jobs, false);
const ended = { code: "TIMEOUT", message: "too slow", retryable: true } as const;

describe("a job", () => {
  it("is one process's, however many take it at once", async () => {
    const stores = Array.from({ length: 8 }, () => new JobStore(database, MODEL, 60_000));
    for (const id of ["a", "b", "c"]) {
      await submit(aJob({ id }));
      const claims = await Promise.all(stores.map((store) => store.claim(id)));
      expect(claims.filter((job) => job !== undefined)).toHaveLength(1);
    }
  });

  it("comes back as its owner wrote it last; nobody else writes it, and an end is never written over", async () => {
    await submit(aJob({ id: "a" }));
    const [taken] = await one.claimNext(1, 1);
    expect(taken).toMatchObject({ id: "a", attempts: 1, stage: "QUEUED" });
    const scored = { ...aJob({ id: "a" }), stage: "SCORED", pairs: 12 } as const;
    expect(await one.update(scored)).toBe(true);
    expect(await other.update({ ...scored, stage: "CANCELLED" })).toBe(false);
    const failed = { ...scored, stage: "FAILED", error: ended } as const;
    expect(await one.update(failed)).toBe(true);
    expect(await one.update({ ...scored, stage: "WRITTEN" })).toBe(false);
    expect(await readJob(database, "a")).toEqual(failed);
    expect(await readJob(database, "unknown")).toBeUndefined();
    expect(await one.update(aJob({ id: "unknown" }))).toBe(false);
  });

  it.each([
    ["WRITTEN", false, false],
    ["WRITTEN", true, true],
    ["FAILED", false, true],
    ["CANCELLED", false, true],
    ["SCORED", true, false],
  ] as const)("that is %s and submitted again (anew: %s) starts anew: %s", async (stage, again, started) => {
    const before = aJob({ id: "a", stage });
    await recordJob(database, before);
    const [submitted] = await one.submitMany([aJob({ id: "a", updatedAtMillis: 5 })], again);
    expect(submitted?.started).toBe(started);
    expect(submitted?.job).toMatchObject(started ? { stage: "QUEUED", updatedAtMillis: 5 } : { stage });
  });

  it("of an older graph is read and taken", async () => {
    const record = { id: "a", pmid: "1", model: MODEL, stage: "ANNOTATED", pairs: 3, pairsScored: 0 };
    await database.runText(
      `CREATE (:ExtractionJob {id: 'a', pmid: '1', model: $model, stage: 'ANNOTATED', submittedAtMillis: 1, waiting: 1,
       record: $record})`,
      {
        model: MODEL,
        record: JSON.stringify({ ...record, relations: 0, submittedAtMillis: 1, updatedAtMillis: 2 }),
      },
    );
    expect(await readJob(database, "a")).toMatchObject({ priority: "INTERACTIVE", isPaused: false });
    expect(ids(await one.claimNext(5, 5))).toEqual(["a"]);
  });
});

describe("what waits", () => {
  it("is taken in its order: the urgent first, then the oldest; not what ended, is paused, waits or is another model's", async () => {
    await submit(
      aJob({ id: "bulk", priority: "BULK", submittedAtMillis: 1 }),
      aJob({ id: "late", submittedAtMillis: 3 }),
      aJob({ id: "early", submittedAtMillis: 2 }),
      aJob({ id: "foreign", model: "model@2" }),
    );
    await recordJob(database, aJob({ id: "done", stage: "WRITTEN" }));
    await recordJob(database, aJob({ id: "paused", isPaused: true }));
    await recordJob(database, aJob({ id: "soon" }), { readyAtMillis: Date.now() + 60_000 });
    await recordJob(database, aJob({ id: "lives" }), {
      owner: "somebody",
      leaseUntilMillis: Date.now() + 60_000,
    });
    expect(ids(await one.claimNext(2, 2))).toEqual(["early", "late"]);
    expect(await one.claimNext(9, 0)).toEqual([]);
    expect(ids(await one.claimNext(9, 9))).toEqual(["bulk"]);
    expect(await one.claim("paused")).toBeUndefined();
    expect(await one.claim("soon")).toBeUndefined();
  });

  it("leaves room for the urgent: of others no more than was said", async () => {
    await submit(...["1", "2", "3"].map((id) => aJob({ id, priority: "BULK" })), aJob({ id: "urgent" }));
    expect(ids(await one.claimNext(4, 2)).sort()).toEqual(["1", "2", "urgent"]);
  });

  it("is each one process's, however many take at once", async () => {
    const all = Array.from({ length: 40 }, (_, index) => `job${index}`);
    await submit(...all.map((id) => aJob({ id })));
    const stores = Array.from({ length: 6 }, () => new JobStore(database, MODEL, 60_000));
    const taken: string[] = [];
    await Promise.all(
      stores.map(async (store) => {
        for (let some = ["begin"]; some.length > 0 || taken.length < all.length; ) {
          some = ids(await store.claimNext(3, 3));
          taken.push(...some);
        }
      }),
    );
    expect(taken.sort()).toEqual([...all].sort());
  });

  it("is begun again when whoever had it is gone, and given up when that happens too often", async () => {
    await submit(aJob({ id: "a" }));
    for (let time = 1; time <= MOST_BEGUN; time += 1)
      expect(await gone.claimNext(1, 1)).toMatchObject([{ id: "a", attempts: time }]);
    expect(await one.claimNext(1, 1)).toEqual([]);
    expect(await readJob(database, "a")).toMatchObject({
      stage: "FAILED",
      error: { code: "INTERNAL", message: expect.stringContaining("begun 20 times"), retryable: false },
    });
  });

  it("becomes urgent when somebody asks who looks on", async () => {
    await submit(
      aJob({ id: "a", priority: "BULK", submittedAtMillis: 1 }),
      aJob({ id: "b", priority: "BULK", submittedAtMillis: 2 }),
    );
    const [submitted] = await submit(aJob({ id: "b" }));
    expect(submitted).toMatchObject({
      started: true,
      job: { priority: "INTERACTIVE", submittedAtMillis: 2 },
    });
    expect(ids(await one.claimNext(2, 2))).toEqual(["b", "a"]);
  });
});

describe("signs of life", () => {
  it("keep an owner's jobs, and tell it of those that it has no more", async () => {
    await submit(aJob({ id: "a" }), aJob({ id: "b" }));
    await one.claimNext(1, 1);
    await other.claim("b");
    expect([...(await one.renew(["a", "b", "unknown"]))]).toEqual(["a"]);
    expect([...(await one.owned(["a", "b"]))]).toEqual(["a"]);
    expect(await other.claim("a")).toBeUndefined();
  });

  it("end with a release: the next takes over at once", async () => {
    await submit(aJob({ id: "a" }));
    await one.claim("a");
    await one.release();
    expect(await other.claim("a")).toMatchObject({ id: "a", attempts: 2 });
  });

  it("of no worker for long end the jobs of a model that is gone, with that reason", async () => {
    await submit(aJob({ id: "ours" }));
    const silent = new JobStore(database, "model@2", 60_000);
    await silent.submitMany([aJob({ id: "old", model: "model@2", submittedAtMillis: 1 })], false);
    await silent.renew([]);
    expect(await one.absentModels(60_000)).toEqual([]);
    await database.runText("MATCH (w:ExtractionWorker) SET w.seenAtMillis = w.seenAtMillis - 120000");
    expect(await one.absentModels(60_000)).toEqual(["model@2"]);
    expect(await one.endAbsent("model@2", 60_000)).toBe(1);
    expect(await readJob(database, "old")).toMatchObject({
      stage: "FAILED",
      error: { code: "MODEL", message: expect.stringContaining("model@2 is gone"), retryable: false },
    });
    expect(await readJob(database, "ours")).toMatchObject({ stage: "QUEUED" });
  });
});
