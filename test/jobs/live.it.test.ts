/** Live extraction with a real database, a real (tiny) model and a local server that answers as PubTator3 does. */
import { rmSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pubTator3Client } from "../../ingest/sources/pubtator3/client.js";
import { documentCandidates } from "../../src/core/candidate.js";
import type { ExtractionJob, ExtractionService, SubmitOutcome } from "../../src/core/extraction-job.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { evidenceOfPublications } from "../../src/graph/read/read-evidence.js";
import { readJob } from "../../src/graph/read/read-jobs.js";
import { createExtractionService, type ExtractionParts } from "../../src/jobs/live.js";
import { extractionJobId } from "../../src/jobs/new-job.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { aDocument } from "../support/builders.js";
import { graphDump, testDatabase, wipe } from "../support/database.js";
import { aJob, recordJob } from "../support/jobs.js";
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
const services: ExtractionService[] = [];

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
  await Promise.all(services.splice(0).map((one) => one.close()));
  await server.close();
});

async function aService(parts: Partial<ExtractionParts> = {}): Promise<ExtractionService> {
  const source = pubTator3Client({
    baseUrl: server.url,
    requestsPerSecond: 1_000,
    retries: 0,
    retryDelayMillis: 1,
    timeoutMillis: 2_000,
  });
  const made = await createExtractionService({
    ...{ source, classifier, database, concurrency: 1, lookAlongMillis: 0 },
    retries: { tries: 2, firstMillis: 50, longestMillis: 50 },
    ...parts,
  });
  services.push(made);
  return made;
}

function jobOf(outcome: SubmitOutcome): ExtractionJob {
  if (outcome.kind !== "job") throw new Error(`expected a job, got ${outcome.kind}`);
  return outcome.job;
}

/** Records a job as a server does that is killed at once. */
function leave(job: ExtractionJob): Promise<void> {
  return recordJob(database, job, { owner: "killed", leaseUntilMillis: 1 });
}

/** The graph without its jobs. */
async function knowledge(): Promise<string[]> {
  return (await graphDump(database)).filter((line) => !line.startsWith("(ExtractionJob "));
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
const OPEN = ["QUEUED", "FETCHED", "ANNOTATED", "SCORED"] as const;
const ALL_ROWS = { limit: 100, after: null };

describe("a publication that PubTator3 knows", () => {
  test("goes through its stages, and its relations stand in the graph with their sentences", async () => {
    const job = jobOf(await service.submit("90010001"));
    const states = await untilEnd(job.id);
    expect([job.stage, job.attempts, states[0]?.stage]).toEqual(["QUEUED", 0, "QUEUED"]);
    expect([...new Set(states.map(({ stage }) => stage))]).toEqual([
      ...["QUEUED", "FETCHED", "ANNOTATED", "SCORED", "WRITTEN"],
    ]);
    expect(states.at(-1)).toMatchObject({
      pmid: "90010001",
      model: "tiny@1",
      pairs: PAIRS,
      pairsScored: PAIRS,
      relations: PAIRS,
      attempts: 1,
      title: expect.stringContaining(" "),
    });
    const reached = states.at(-1)?.reachedAtMillis ?? {};
    const times = (["QUEUED", "begun", "FETCHED", "ANNOTATED", "SCORED", "WRITTEN"] as const).map(
      (stage) => reached[stage] ?? 0,
    );
    expect(times[0]).toBeGreaterThan(0);
    expect(times).toEqual([...times].sort((a, b) => a - b));
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

  test("is read again only where it has changed since, and where that is asked", async () => {
    const { id } = jobOf(await service.submit("90010001"));
    await untilEnd(id);
    const dump = await knowledge();
    expect(jobOf(await service.submit("90010001", { again: true })).stage).toBe("QUEUED");
    expect((await untilEnd(id)).at(-1)).toMatchObject({ stage: "WRITTEN", relations: PAIRS });
    expect(server.requests).toHaveLength(2);
    expect(await knowledge()).toEqual(dump);
    server.add(aDocument({ pmid: "90010001", year: 2020, title: "Another title" }));
    await service.submit("90010001", { again: true });
    expect((await untilEnd(id)).at(-1)).toMatchObject({ stage: "WRITTEN", title: "Another title" });
    expect(await knowledge()).not.toEqual(dump);
  });

  test("a follower who comes late gets the end", async () => {
    const { id } = jobOf(await service.submit("90010001"));
    await untilEnd(id);
    expect((await untilEnd(id)).map(({ stage }) => stage)).toEqual(["WRITTEN"]);
    expect(await service.progress("no such job")).toBeUndefined();
  });
});

describe("a publication that gives nothing writes nothing, and its job says why", () => {
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
    const { id } = jobOf(await service.submit("90010001"));
    const states = await untilEnd(id);
    expect(states.at(-1)).toMatchObject({
      ...{ stage: "FAILED", attempts: 2, relations: 0 },
      error: { code, retryable: true },
    });
    // What it was tried again for is said while it waits.
    expect(
      states.some(
        ({ stage, error, retryAtMillis }) =>
          stage === "QUEUED" && error?.code === code && retryAtMillis !== undefined,
      ),
    ).toBe(true);
    expect(await knowledge()).toEqual([]);
    server.recover();
    expect(jobOf(await service.submit("90010001"))).toMatchObject({ stage: "QUEUED", attempts: 0 });
    expect((await untilEnd(id)).at(-1)?.stage).toBe("WRITTEN");
  });

  test("a failure that passes is tried again, and nothing of it is left", async () => {
    server.fail("500", 1);
    const { id } = jobOf(await service.submit("90010001"));
    const end = (await untilEnd(id)).at(-1);
    expect(end).toMatchObject({ stage: "WRITTEN", attempts: 2 });
    expect(end?.error).toBeUndefined();
    expect(end?.retryAtMillis).toBeUndefined();
  });

  test("a PMID that the service does not know, and a publication without an abstract", async () => {
    await service.close();
    const looking = await aService({ lookAlongMillis: 5_000 });
    expect(await looking.submit("90019999")).toEqual({ kind: "publication-not-found", pmid: "90019999" });
    expect(await looking.submit("90010003")).toMatchObject({ kind: "no-abstract", pmid: "90010003" });
    expect(await knowledge()).toEqual([]);
    const [noAbstract, unknown] = await looking.list({ stages: ["FAILED"] }, { limit: 5, after: null });
    expect([noAbstract?.error?.code, unknown?.error?.code]).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    expect([noAbstract?.attempts, unknown?.attempts]).toEqual([1, 1]);
    await looking.close();
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
    expect(await service.cancel(second.id)).toMatchObject({ stage: "CANCELLED", relations: 0 });
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
  const left = aJob({
    id: extractionJobId("90010001", "tiny@1"),
    model: "tiny@1",
    stage: "ANNOTATED",
    pairs: PAIRS,
    attempts: 1,
    submittedAtMillis: 1,
  });

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
    expect((await untilEnd(left.id, next)).at(-1)).toMatchObject({ stage: "WRITTEN" });
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
    const next = await aService();
    const following = untilEnd(left.id, next);
    await next.close();
    expect((await following).at(-1)).toMatchObject({ stage: "QUEUED" });
    expect(await readJob(database, left.id)).toMatchObject({ stage: "QUEUED" });
  });
});

describe("pausing", () => {
  test("keeps jobs from being begun, takes back those in hand, and resuming lets them go on", async () => {
    server.fail("hang");
    const first = jobOf(await service.submit("90010001"));
    const second = jobOf(await service.submit("90010002"));
    while (server.requests.length === 0) await setTimeout(10);
    expect(await service.pause({})).toBe(2);
    server.recover();
    expect(await service.job(first.id)).toMatchObject({ stage: "QUEUED", isPaused: true });
    await setTimeout(1_500);
    expect(await service.overview()).toMatchObject({ paused: 2, waiting: 0, running: 0 });
    expect(server.requests).toHaveLength(1);
    expect(await service.resume({ ids: [second.id] })).toBe(1);
    expect((await untilEnd(second.id)).at(-1)?.stage).toBe("WRITTEN");
    expect(await service.resume({})).toBe(1);
    expect((await untilEnd(first.id)).at(-1)).toMatchObject({ stage: "WRITTEN", isPaused: false });
  });
});

describe("many at once", () => {
  test("500 that are submitted at the same moment all end, however slow their source is", async () => {
    server.answerAfter(50);
    const pmids = Array.from({ length: 500 }, (_, index) => `${90200001 + index}`);
    for (const pmid of pmids) server.add(aDocument({ pmid }));
    const busy = await aService({ concurrency: 32 });
    const outcomes = await Promise.all(pmids.map((pmid) => busy.submit(pmid)));
    expect(new Set(outcomes.map((outcome) => jobOf(outcome).id)).size).toBe(500);
    while ((await busy.count({ stages: OPEN })) > 0) await setTimeout(500);
    expect((await busy.overview()).stages).toMatchObject({ WRITTEN: 500, FAILED: 0 });
    const written = await busy.list({ stages: ["WRITTEN"] }, { limit: 500, after: null });
    expect(written.filter(({ attempts }) => attempts > 1)).toEqual([]);
    await busy.close();
  }, 400_000);

  test("waiting for a turn at the source is part of no deadline", async () => {
    const pmids = Array.from({ length: 8 }, (_, index) => `${90300001 + index}`);
    for (const pmid of pmids) server.add(aDocument({ pmid }));
    // A request at a time, each with its deadline long before the last one's turn.
    const slow = { baseUrl: server.url, requestsPerSecond: 3, batchSize: 1, timeoutMillis: 500, retries: 0 };
    const busy = await aService({ concurrency: 8, source: pubTator3Client(slow) });
    await busy.submitMany(pmids);
    while ((await busy.count({ stages: OPEN })) > 0) await setTimeout(50);
    expect((await busy.overview()).stages).toMatchObject({ WRITTEN: 8, FAILED: 0 });
    expect(server.requests).toHaveLength(8);
    const { atMillis: first = 0 } = server.requests[0] ?? {};
    const { atMillis: last = 0 } = server.requests[7] ?? {};
    expect(last - first).toBeGreaterThan(2_000);
    await busy.close();
  });

  test("all end, the urgent before a run of many, and the failed can be driven again", async () => {
    const pmids = Array.from({ length: 60 }, (_, index) => `${90100001 + index}`);
    for (const pmid of pmids.slice(1)) server.add(aDocument({ pmid }));
    const busy = await aService({ concurrency: 4 });
    expect(await busy.submitMany([...pmids, ...pmids], { priority: "BULK" })).toBe(60);
    const urgent = jobOf(await busy.submit("90010002"));
    expect((await untilEnd(urgent.id, busy)).at(-1)?.stage).toBe("WRITTEN");
    const { perSecond, workers } = await busy.overview();
    expect(perSecond).toBeGreaterThan(0);
    expect(workers.some(({ isAlive, model }) => isAlive && model === "tiny@1")).toBe(true);
    while ((await busy.count({ stages: OPEN })) > 0) await setTimeout(100);
    expect((await busy.overview()).stages).toMatchObject({ WRITTEN: 60, FAILED: 1 });
    const begun = (job: ExtractionJob | undefined) => job?.reachedAtMillis.begun ?? 0;
    const looked = await busy.job(urgent.id);
    const bulk = await busy.list({ priority: "BULK" }, { limit: 100, after: null });
    // Only what was in hand already was begun before it, however long the others had waited.
    expect(bulk.filter((job) => begun(job) < begun(looked)).length).toBeLessThan(20);
    server.add(aDocument({ pmid: pmids[0] ?? "" }));
    expect(await busy.redrive({ stages: ["FAILED"] })).toBe(1);
    while ((await busy.count({ stages: ["WRITTEN"] })) < 61) await setTimeout(50);
    await busy.close();
  });
});
