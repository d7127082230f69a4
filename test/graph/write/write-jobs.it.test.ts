/** Extraction jobs in a real database: who owns them, and that an end stands. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ExtractionJob } from "../../../src/core/extraction-job.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { readJob } from "../../../src/graph/read/read-jobs.js";
import {
  askJobToStop,
  claimJob,
  releaseJobs,
  removeJob,
  renewLeases,
  takeUpJobs,
  updateJob,
} from "../../../src/graph/write/write-jobs.js";
import { testDatabase, wipe } from "../../support/database.js";

const ONE = { owner: "one", leaseMillis: 60_000 };
const OTHER = { owner: "other", leaseMillis: 60_000 };
/** An owner that is gone as soon as it owns. */
const GONE = { owner: "gone", leaseMillis: -1 };

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => wipe(database));

function aJob(id: string, parts: Partial<ExtractionJob> = {}): ExtractionJob {
  return {
    id,
    pmid: "90010001",
    model: "model@1",
    stage: "QUEUED",
    pairs: 0,
    pairsScored: 0,
    relations: 0,
    submittedAtMillis: 1_700_000_000_000,
    updatedAtMillis: 1_700_000_000_001,
    ...parts,
  };
}

const update = (job: ExtractionJob, owner: typeof ONE) =>
  database.transact((transaction) => updateJob(transaction, job, owner));

describe("a job", () => {
  it("is one owner's, however many claim it at once", async () => {
    const owners = Array.from({ length: 8 }, (_, index) => ({ owner: String(index), leaseMillis: 60_000 }));
    for (const id of ["a", "b", "c"]) {
      const claims = await Promise.all(owners.map((owner) => claimJob(database, aJob(id), owner)));
      expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
    }
  });

  it("comes back as its owner wrote it last; nobody else writes it, and an end is never written over", async () => {
    await claimJob(database, aJob("a"), ONE);
    const scored = aJob("a", { stage: "SCORED", pairs: 12 });
    expect(await update(scored, ONE)).toEqual({ held: true, job: scored });
    expect(await update(aJob("a", { stage: "CANCELLED" }), OTHER)).toEqual({ held: false, job: scored });
    const failed = aJob("a", {
      stage: "FAILED",
      error: { code: "TIMEOUT", message: "too slow", retryable: true },
    });
    await update(failed, ONE);
    expect(await update(aJob("a", { stage: "WRITTEN" }), ONE)).toEqual({ held: false, job: failed });
    expect(await readJob(database, "a")).toEqual(failed);
    expect(await readJob(database, "unknown")).toBeUndefined();
    expect(await update(aJob("unknown"), ONE)).toEqual({ held: false });
  });

  it.each([
    ["WRITTEN", false],
    ["FAILED", true],
    ["CANCELLED", true],
    ["SCORED", false],
  ] as const)("that is %s starts anew when it is claimed again: %s", async (stage, claimed) => {
    await claimJob(database, aJob("a"), ONE);
    await update(aJob("a", { stage }), ONE);
    expect(await claimJob(database, aJob("a", { updatedAtMillis: 5 }), OTHER)).toEqual({
      claimed,
      before: aJob("a", { stage }),
    });
  });

  it("is forgotten by its owner alone", async () => {
    await claimJob(database, aJob("a"), ONE);
    await removeJob(database, "a", OTHER);
    expect(await readJob(database, "a")).toBeDefined();
    await removeJob(database, "a", ONE);
    expect(await readJob(database, "a")).toBeUndefined();
  });
});

describe("jobs whose owner is gone", () => {
  it("are taken up once, the oldest first, and not those that have ended, live or are another model's", async () => {
    const left = [
      ["late", 3, {}],
      ["early", 1, {}],
      ["other", 2, { model: "model@2" }],
    ] as const;
    for (const [id, submittedAtMillis, parts] of left) {
      await claimJob(database, aJob(id, { submittedAtMillis, ...parts }), GONE);
    }
    await claimJob(database, aJob("done"), GONE);
    await update(aJob("done", { stage: "WRITTEN" }), GONE);
    await claimJob(database, aJob("lives"), ONE);
    const taken = await Promise.all([ONE, OTHER].map((owner) => takeUpJobs(database, "model@1", owner)));
    const ids = taken.map((jobs) => jobs.map(({ id }) => id)).sort((a, b) => b.length - a.length);
    expect(ids).toEqual([["early", "late"], []]);
    expect((await takeUpJobs(database, "model@1", OTHER, "other")).map(({ id }) => id)).toEqual(["other"]);
  });

  it("are each one server's, however many take up at once", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `job${index}`);
    for (const id of ids) await claimJob(database, aJob(id), GONE);
    const owners = Array.from({ length: 6 }, (_, index) => ({ owner: String(index), leaseMillis: 60_000 }));
    const taken = await Promise.all(owners.map((owner) => takeUpJobs(database, "model@1", owner)));
    expect(taken.flatMap((jobs) => jobs.map(({ id }) => id)).sort()).toEqual([...ids].sort());
  });

  it("are free at once where it released them, and told to stop where somebody asked", async () => {
    await claimJob(database, aJob("a"), ONE);
    expect(await renewLeases(database, ["a", "b"], ONE)).toEqual(new Map([["a", { stopAsked: false }]]));
    expect(await renewLeases(database, ["a"], OTHER)).toEqual(new Map());
    await askJobToStop(database, "a");
    expect(await renewLeases(database, ["a"], ONE)).toEqual(new Map([["a", { stopAsked: true }]]));
    expect(await takeUpJobs(database, "model@1", OTHER)).toEqual([]);
    await releaseJobs(database, ONE);
    expect((await takeUpJobs(database, "model@1", OTHER)).map(({ id }) => id)).toEqual(["a"]);
  });
});
