import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { type JobRecord, readJob, readUnfinishedJobs } from "../../../src/graph/read/read-jobs.js";
import { writeJob } from "../../../src/graph/write/write-jobs.js";
import { testDatabase, wipe } from "../../support/database.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => wipe(database));

function aJob(id: string, parts: Partial<JobRecord> = {}): JobRecord {
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

describe("jobs", () => {
  it("come back as they were written last", async () => {
    const failed = aJob("a", {
      stage: "FAILED",
      pairs: 12,
      error: { code: "TIMEOUT", message: "too slow", retryable: true },
    });
    await writeJob(database, aJob("a"));
    await writeJob(database, failed);
    expect(await readJob(database, "a")).toEqual(failed);
    expect(await readJob(database, "unknown")).toBeUndefined();
  });

  it("are taken up again in the order of submission, unless they have ended", async () => {
    for (const [id, stage, submittedAtMillis] of [
      ["late", "SCORED", 3],
      ["early", "QUEUED", 1],
      ["done", "WRITTEN", 2],
      ["stopped", "CANCELLED", 2],
    ] as const) {
      await writeJob(database, aJob(id, { stage, submittedAtMillis }));
    }
    expect((await readUnfinishedJobs(database)).map(({ id }) => id)).toEqual(["early", "late"]);
  });
});
