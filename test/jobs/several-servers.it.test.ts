/**
 * Jobs of several servers on one graph, and jobs whose server or database fails: one server does a job, and what a job
 * says of its end is what the graph holds.
 */
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
import { createExtractionService } from "../../src/jobs/live.js";
import { newJob } from "../../src/jobs/new-job.js";
import { JobStore } from "../../src/jobs/store.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { aborted } from "../../src/terminal/interrupt.js";
import { aDocument } from "../support/builders.js";
import { testDatabase, wipe } from "../support/database.js";
import { type Breakage, faultyDatabase } from "../support/faulty-database.js";
import { recordJob } from "../support/jobs.js";
import { type Pubtator3Server, startPubtator3Server } from "../support/servers/pubtator3-server.js";
import { writeTinyModel } from "../support/tiny/tiny-model.js";

const LEASE_MILLIS = 600;
const PMID = "90010001";
const PAPER = aDocument({ pmid: PMID });
const PAIRS = documentCandidates(PAPER).length;

let database: Database;
let classifier: RelationClassifier;
let folder: string;
let source: Pubtator3Server;
/** Holds the classifier until released. */
let gate: Promise<void>;
let open: () => void;
const services: ExtractionService[] = [];

beforeAll(async () => {
  database = await testDatabase();
  folder = await writeTinyModel();
  const model = await loadReleasedModel(folder);
  const predict: RelationClassifier["predict"] = async (document, asking) => {
    const signal = asking?.signal;
    await (signal === undefined ? gate : Promise.race([gate, aborted(signal)]));
    return model.predict(document, asking);
  };
  classifier = { ...model, predict };
});
afterAll(async () => {
  await classifier.dispose();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await wipe(database);
  source = await startPubtator3Server({ documents: [PAPER] });
  gate = Promise.resolve();
});
afterEach(async () => {
  open?.();
  await Promise.all(services.splice(0).map((service) => service.close()));
  await source.close();
});

type Parts = Parameters<typeof createExtractionService>[0];

async function aService(parts: Partial<Parts> = {}): Promise<ExtractionService> {
  const client = pubTator3Client({
    baseUrl: source.url,
    requestsPerSecond: 1_000,
    retries: 1,
    retryDelayMillis: 1,
    timeoutMillis: 600,
  });
  const service = await createExtractionService({
    ...{ source: client, classifier, database, leaseMillis: LEASE_MILLIS, lookAlongMillis: 0 },
    retries: { tries: 1, firstMillis: 50, longestMillis: 50 },
    ...parts,
  });
  services.push(service);
  return service;
}

function holdClassifier(): void {
  gate = new Promise((resolve) => {
    open = resolve;
  });
}

function jobOf(outcome: SubmitOutcome): ExtractionJob {
  if (outcome.kind !== "job") throw new Error(`expected a job, got ${outcome.kind}`);
  return outcome.job;
}

async function untilEnd(id: string, service: ExtractionService): Promise<ExtractionJob[]> {
  const states: ExtractionJob[] = [];
  for await (const state of (await service.progress(id)) ?? []) states.push(state);
  return states;
}

async function untilStage(id: string, stage: string): Promise<void> {
  while ((await readJob(database, id))?.stage !== stage) await setTimeout(20);
}

async function rows(): Promise<number> {
  const [found = []] = await evidenceOfPublications(database, [PMID], { limit: 100, after: null });
  return found.length;
}

describe("two servers", () => {
  test("do a publication's job once, whichever is asked, and either tells how it is", async () => {
    const lease = { leaseMillis: 2_000 };
    const [one, other] = [await aService(lease), await aService(lease)];
    holdClassifier();
    const ids = await Promise.all(
      [one, other, other, one].map(async (service) => jobOf(await service.submit(PMID)).id),
    );
    expect(new Set(ids).size).toBe(1);
    const [id = ""] = ids;
    const following = [untilEnd(id, one), untilEnd(id, other)];
    await untilStage(id, "ANNOTATED");
    // Longer than a lease: its owner's signs of life keep it.
    await setTimeout(1.5 * lease.leaseMillis);
    open();
    for (const states of await Promise.all(following)) {
      expect(states.at(-1)).toMatchObject({ stage: "WRITTEN", relations: PAIRS });
    }
    expect(source.requests).toHaveLength(1);
  });

  test("take up a job whose server is gone once, when its lease has passed", async () => {
    const left = newJob(PMID, classifier.info.id);
    await recordJob(database, left, { owner: "killed", leaseUntilMillis: Date.now() + LEASE_MILLIS });
    const both = [await aService(), await aService()];
    expect(await readJob(database, left.id)).toEqual(left);
    const ends = await Promise.all(both.map((service) => untilEnd(left.id, service)));
    expect(ends.map((states) => states.at(-1)?.stage)).toEqual(["WRITTEN", "WRITTEN"]);
    expect(source.requests).toHaveLength(1);
  });

  test("call off each other's jobs", async () => {
    const [one, other] = [await aService(), await aService()];
    holdClassifier();
    const { id } = jobOf(await one.submit(PMID));
    await untilStage(id, "ANNOTATED");
    expect(await other.cancel(id)).toMatchObject({ stage: "CANCELLED" });
    expect(await rows()).toBe(0);
    open();
    expect(jobOf(await other.submit(PMID)).stage).toBe("QUEUED");
    expect((await untilEnd(id, one)).at(-1)).toMatchObject({ stage: "WRITTEN" });
  });

  test("leave off a job that was taken from them, and write nothing for it", async () => {
    const one = await aService({ leaseMillis: 60_000 });
    holdClassifier();
    const { id } = jobOf(await one.submit(PMID));
    await untilStage(id, "ANNOTATED");
    await database.runText("MATCH (j:ExtractionJob) SET j.leaseUntilMillis = 0");
    const other = new JobStore(database, classifier.info.id, 60_000);
    expect(await other.claim(id)).toMatchObject({ id, attempts: 2 });
    open();
    await setTimeout(300);
    expect(await rows()).toBe(0);
    expect(await readJob(database, id)).toMatchObject({ stage: "QUEUED" });
  });
});

test("a slow source holds up nobody who submits: the job is there, and ends as the source answers", async () => {
  source.fail("hang");
  const service = await aService({ lookAlongMillis: 100 });
  const began = performance.now();
  const { id, stage } = jobOf(await service.submit(PMID));
  expect(performance.now() - began).toBeLessThan(500);
  expect(stage).toBe("QUEUED");
  expect((await untilEnd(id, service)).at(-1)).toMatchObject({
    stage: "FAILED",
    error: { code: "TIMEOUT", retryable: true },
  });
});

describe("a database that fails in between", () => {
  type Before = NonNullable<Breakage["before"]>;
  const puts = (stage: string, statement: string, params: Parameters<Before>[1]) =>
    statement === "put-jobs" && (params["rows"] as { stage: string }[])[0]?.stage === stage;

  test("while the rows are written: the job is tried again, and nothing is written before", async () => {
    let failures = 2;
    const breakage: Breakage = { before: (statement) => statement === "create-evidence" && --failures >= 0 };
    const service = await aService({ database: faultyDatabase(database, breakage) });
    const { id } = jobOf(await service.submit(PMID));
    const states = await untilEnd(id, service);
    const waits = states.filter(({ stage, error }) => stage === "QUEUED" && error !== undefined);
    expect(waits[0]).toMatchObject({ error: { code: "DATABASE", retryable: true } });
    expect(states.at(-1)).toMatchObject({ stage: "WRITTEN", attempts: 3, relations: PAIRS });
    expect(await rows()).toBe(PAIRS);
  });

  test("again and again: the job fails in the end, says so, and nothing is written", async () => {
    const breakage: Breakage = { before: (statement) => statement === "create-evidence" };
    const service = await aService({ database: faultyDatabase(database, breakage) });
    const { id } = jobOf(await service.submit(PMID));
    expect((await untilEnd(id, service)).at(-1)).toMatchObject({
      stage: "FAILED",
      relations: 0,
      error: { code: "DATABASE", message: expect.stringContaining("20 times"), retryable: true },
    });
    expect(await rows()).toBe(0);
    delete breakage.before;
    expect(await service.redrive({})).toBe(1);
    expect((await untilEnd(id, service)).at(-1)).toMatchObject({ stage: "WRITTEN" });
    expect(await rows()).toBe(PAIRS);
  });

  test("when the rows are committed and the answer is lost: the job is written all the same", async () => {
    const breakage: Breakage = { afterCommit: (statements) => statements.includes("create-evidence") };
    const service = await aService({ database: faultyDatabase(database, breakage) });
    const { id } = jobOf(await service.submit(PMID));
    expect((await untilEnd(id, service)).at(-1)).toMatchObject({ stage: "WRITTEN", relations: PAIRS });
    expect(await readJob(database, id)).toMatchObject({ stage: "WRITTEN", relations: PAIRS });
    expect(await rows()).toBe(PAIRS);
  });

  test("when the end is recorded: it is offered again, and not told before", async () => {
    source.add({ ...PAPER, passages: PAPER.passages.slice(0, 1), mentions: [], relations: [] });
    let failures = 2;
    const before: Before = (statement, params) => puts("FAILED", statement, params) && --failures >= 0;
    const service = await aService({ database: faultyDatabase(database, { before }) });
    const { id } = jobOf(await service.submit(PMID));
    expect((await untilEnd(id, service)).at(-1)).toMatchObject({ stage: "FAILED" });
    expect(failures).toBe(-1);
    expect(await readJob(database, id)).toMatchObject({ stage: "FAILED", error: { code: "NOT_FOUND" } });
  });

  test("for good: another server ends the job when the lease has passed", async () => {
    const before: Before = (statement, params) => puts("FETCHED", statement, params);
    const broken = await aService({ database: faultyDatabase(database, { before }) });
    const { id } = jobOf(await broken.submit(PMID));
    await setTimeout(200);
    expect(await readJob(database, id)).toMatchObject({ stage: "QUEUED" });
    await broken.close();
    const sound = await aService();
    expect((await untilEnd(id, sound)).at(-1)).toMatchObject({ stage: "WRITTEN" });
  });
});
