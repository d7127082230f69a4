/** Live extraction with a real database, a real (tiny) model and a local server that answers as PubTator3 does. */
import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pubTator3Client } from "../../ingest/sources/pubtator3/client.js";
import { documentCandidates } from "../../src/core/candidate.js";
import type { ExtractionJob, ExtractionService, SubmitOutcome } from "../../src/core/extraction-job.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { evidenceOfPublications } from "../../src/graph/read/read-evidence.js";
import { readJob } from "../../src/graph/read/read-jobs.js";
import { claimJob } from "../../src/graph/write/write-jobs.js";
import { createExtractionService } from "../../src/jobs/live.js";
import { extractionJobId } from "../../src/jobs/new-job.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { aDocument } from "../support/builders.js";
import { graphDump, testDatabase, wipe } from "../support/database.js";
import {
  type FailureMode,
  type Pubtator3Server,
  startPubtator3Server,
} from "../support/servers/pubtator3-server.js";
import { writeTinyModel } from "../support/tiny/tiny-model.js";

const KNOWN = aDocument({ pmid: "90010001", year: 2020 });
const OTHER = aDocument({ pmid: "90010002" });
const TITLE_ONLY = aDocument({ pmid: "90010003", abstract: null, mentions: [], relations: [] });
const PAIRS = documentCandidates(KNOWN).length;

let database: Database;
let classifier: RelationClassifier;
let folder: string;
let server: Pubtator3Server;
let service: ExtractionService;

beforeAll(async () => {
  database = await testDatabase();
  folder = await writeTinyModel();
  classifier = await loadReleasedModel(folder);
});
afterAll(async () => {
  await classifier.dispose();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await wipe(database);
  server = await startPubtator3Server({ documents: [KNOWN, OTHER, TITLE_ONLY] });
  service = await aService();
});
afterEach(async () => {
  await service.close();
  await server.close();
});

function aService(fetchDeadlineMillis = 2_000): Promise<ExtractionService> {
  const source = pubTator3Client({
    baseUrl: server.url,
    requestsPerSecond: 1_000,
    retries: 1,
    retryDelayMillis: 1,
  });
  return createExtractionService({ source, classifier, database, concurrency: 1, fetchDeadlineMillis });
}

function jobOf(outcome: SubmitOutcome): ExtractionJob {
  if (outcome.kind !== "job") throw new Error(`expected a job, got ${outcome.kind}`);
  return outcome.job;
}

/** Records a job as a server does that is killed at once. */
async function leave(job: ExtractionJob): Promise<void> {
  await claimJob(database, job, { owner: "killed", leaseMillis: -1 });
}

async function untilEnd(id: string, extractions = service): Promise<ExtractionJob[]> {
  const states: ExtractionJob[] = [];
  for await (const state of (await extractions.progress(id)) ?? []) states.push(state);
  return states;
}

async function modelEvidence(pmid: string) {
  const [rows = []] = await evidenceOfPublications(database, [pmid], ALL_ROWS);
  return rows;
}
const ALL_ROWS = { limit: 100, after: null };

describe("a publication that PubTator3 knows", () => {
  test("goes through its stages, and its relations stand in the graph with their sentences", async () => {
    const job = jobOf(await service.submit("90010001"));
    const states = await untilEnd(job.id);
    expect(states[0]).toEqual(job);
    expect(states.map(({ stage }) => stage)).toEqual(["QUEUED", "FETCHED", "ANNOTATED", "SCORED", "WRITTEN"]);
    expect(states.at(-1)).toMatchObject({
      pmid: "90010001",
      model: "tiny@1",
      pairs: PAIRS,
      pairsScored: PAIRS,
      relations: PAIRS,
    });
    expect(await service.job(job.id)).toEqual(states.at(-1));
    const rows = await modelEvidence("90010001");
    expect(rows).toHaveLength(PAIRS);
    for (const row of rows) {
      expect(row).toMatchObject({ source: "tiny@1", sourceKind: "model" });
      expect(row.sentence).not.toBe("");
    }
  });

  test("is fetched and written once, however often and however fast it is submitted", async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => service.submit("90010001")));
    const ids = new Set(outcomes.map((outcome) => jobOf(outcome).id));
    expect([...ids]).toEqual([extractionJobId("90010001", "tiny@1")]);
    await untilEnd([...ids][0] ?? "");
    const dump = await graphDump(database);
    expect(jobOf(await service.submit("90010001")).stage).toBe("WRITTEN");
    expect(server.requests).toHaveLength(1);
    expect(await graphDump(database)).toEqual(dump);
  });

  test("is asked for once by all who submit it while it is fetched", async () => {
    server.fail("hang");
    const impatient = await aService(500);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => impatient.submit("90010001")));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(server.requests).toHaveLength(1);
    await impatient.close();
  });

  test("a follower who comes late gets the end", async () => {
    const { id } = jobOf(await service.submit("90010001"));
    await untilEnd(id);
    expect((await untilEnd(id)).map(({ stage }) => stage)).toEqual(["WRITTEN"]);
    expect(await service.progress("no such job")).toBeUndefined();
  });
});

describe("a publication that gives nothing writes nothing", () => {
  test.each<[string, FailureMode, string]>([
    ["a server error", "500", "UPSTREAM_UNAVAILABLE"],
    ["too many requests", "429", "RATE_LIMITED"],
    ["a page in HTML", "html", "UPSTREAM_UNAVAILABLE"],
    ["half an answer", "garbage", "UPSTREAM_UNAVAILABLE"],
    ["another service's JSON", "shape", "UPSTREAM_UNAVAILABLE"],
    ["an empty body", "empty", "UPSTREAM_UNAVAILABLE"],
    ["a connection that breaks off", "cut", "UPSTREAM_UNAVAILABLE"],
    ["no answer at all", "hang", "TIMEOUT"],
  ])("%s", async (_name, mode, code) => {
    server.fail(mode);
    await expect(service.submit("90010001")).rejects.toMatchObject({ code });
    expect(await graphDump(database)).toEqual([]);
    server.recover();
    expect((await service.submit("90010001")).kind).toBe("job");
  });

  test("a PMID that the service does not know", async () => {
    expect(await service.submit("90019999")).toEqual({ kind: "publication-not-found", pmid: "90019999" });
    expect(await graphDump(database)).toEqual([]);
  });

  test("a publication without an abstract", async () => {
    const outcome = await service.submit("90010003");
    expect(outcome).toMatchObject({ kind: "no-abstract", pmid: "90010003" });
    expect(await graphDump(database)).toEqual([]);
  });

  test.each(["", "abc", "-1", "0", "1234567890", "1e5"])("%j, which is no PMID", async (pmid) => {
    await expect(service.submit(pmid)).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(server.requests).toEqual([]);
  });
});

describe("cancelling", () => {
  test("a job that waits ends at once and writes nothing; submitting again starts it anew", async () => {
    const first = jobOf(await service.submit("90010001"));
    const second = jobOf(await service.submit("90010002"));
    expect(await service.cancel(second.id)).toMatchObject({ stage: "CANCELLED" });
    expect((await untilEnd(first.id)).at(-1)?.stage).toBe("WRITTEN");
    expect(await modelEvidence("90010002")).toEqual([]);
    expect(jobOf(await service.submit("90010002")).stage).toBe("QUEUED");
    expect((await untilEnd(second.id)).at(-1)?.stage).toBe("WRITTEN");
  });

  test("a job that is over, and one that never was, stay as they are", async () => {
    const { id } = jobOf(await service.submit("90010001"));
    const end = (await untilEnd(id)).at(-1);
    expect(await service.cancel(id)).toEqual(end);
    expect(await service.cancel("no such job")).toBeUndefined();
  });
});

describe("jobs that a killed process left", () => {
  const left: ExtractionJob = {
    id: extractionJobId("90010001", "tiny@1"),
    pmid: "90010001",
    model: "tiny@1",
    stage: "ANNOTATED",
    pairs: PAIRS,
    pairsScored: 0,
    relations: 0,
    submittedAtMillis: 1,
    updatedAtMillis: 2,
  };

  test("are taken up at the next start and end as if nothing had happened", async () => {
    await leave(left);
    const next = await aService();
    expect((await untilEnd(left.id, next)).at(-1)).toMatchObject({ stage: "WRITTEN", submittedAtMillis: 1 });
    expect(await modelEvidence("90010001")).toHaveLength(PAIRS);
    await next.close();
  });

  test("fail with a code where the publication cannot be had, and can be submitted again", async () => {
    await leave(left);
    server.fail("500");
    const next = await aService();
    expect((await untilEnd(left.id, next)).at(-1)).toMatchObject({
      stage: "FAILED",
      error: { code: "UPSTREAM_UNAVAILABLE", retryable: true },
    });
    server.recover();
    expect(jobOf(await next.submit("90010001"))).toMatchObject({ stage: "QUEUED" });
    const end = (await untilEnd(left.id, next)).at(-1);
    expect(end).toMatchObject({ stage: "WRITTEN" });
    expect(end?.error).toBeUndefined();
    await next.close();
  });

  test("one of another model is left to its own process", async () => {
    const foreign = { ...left, id: extractionJobId("90010001", "other@1"), model: "other@1" };
    await leave(foreign);
    const next = await aService();
    expect(await readJob(database, foreign.id)).toEqual(foreign);
    await next.close();
  });

  test("closing leaves a job for the next start, and ends who follows it", async () => {
    server.fail("hang");
    await leave(left);
    const next = await aService(60_000);
    const following = untilEnd(left.id, next);
    await next.close();
    expect((await following).every(({ stage }) => stage === "QUEUED")).toBe(true);
    expect(await readJob(database, left.id)).toMatchObject({ stage: "QUEUED" });
  });
});
