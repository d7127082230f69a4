/**
 * Extractions over a real Redis: several services on one graph share them, each is done once in effect, and what Redis
 * forgets the graph remembers. Skipped where the machine has no redis-server.
 */
import { rmSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pubTator3Client } from "../../../ingest/sources/pubtator3/client.js";
import type { DocumentSource } from "../../../src/core/document-source.js";
import type { ExtractionService } from "../../../src/core/extraction-job.js";
import type { RelationClassifier } from "../../../src/core/prediction.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { readJob } from "../../../src/graph/read/read-jobs.js";
import { createExtractionService, type ExtractionParts } from "../../../src/jobs/live.js";
import { newJob } from "../../../src/jobs/new-job.js";
import { loadReleasedModel } from "../../../src/model/released-model.js";
import { aDocument } from "../../support/builders.js";
import { graphDump, testDatabase, wipe } from "../../support/database.js";
import { recordJob } from "../../support/jobs.js";
import { type Pubtator3Server, startPubtator3Server } from "../../support/servers/pubtator3-server.js";
import { HAS_REDIS, startRedis, type TestRedis } from "../../support/servers/redis-server.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

const PMIDS = Array.from({ length: 60 }, (_, index) => `${90200001 + index}`);
const OPEN = { stages: ["QUEUED", "FETCHED", "ANNOTATED", "SCORED"] } as const;

let database: Database;
let classifier: RelationClassifier;
let folder: string;
let server: Pubtator3Server;
let redis: TestRedis;
const services: ExtractionService[] = [];

beforeAll(async () => {
  if (!HAS_REDIS) return;
  database = await testDatabase();
  folder = await writeTinyModel();
  classifier = await loadReleasedModel(folder);
  server = await startPubtator3Server({ documents: PMIDS.map((pmid) => aDocument({ pmid })) });
});
afterAll(async () => {
  if (!HAS_REDIS) return;
  await server.close();
  await classifier.dispose();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  if (!HAS_REDIS) return;
  await wipe(database);
  redis = await startRedis();
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
  await redis?.close();
});

async function aService(parts: Partial<ExtractionParts> = {}): Promise<ExtractionService> {
  const source = pubTator3Client({ baseUrl: server.url, requestsPerSecond: 1_000, retries: 0 });
  const service = await createExtractionService({
    ...{ source, classifier, database, redisUrl: redis.url, leaseMillis: 3_000, lookAlongMillis: 0 },
    ...parts,
  });
  services.push(service);
  return service;
}

/** A source that takes so long, as one does over a network. */
function slowSource(millis: number): DocumentSource {
  const client = pubTator3Client({ baseUrl: server.url, requestsPerSecond: 1_000, retries: 0 });
  return {
    name: client.name,
    fetchDocument: async (pmid, signal) => {
      await setTimeout(millis, undefined, signal === undefined ? {} : { signal });
      return client.fetchDocument(pmid, signal);
    },
  };
}

async function untilNoneIsOpen(service: ExtractionService): Promise<void> {
  while ((await service.count(OPEN)) > 0) await setTimeout(50);
}

async function knowledge(): Promise<string[]> {
  return (await graphDump(database)).filter((line) => !line.startsWith("(ExtractionJob "));
}

describe.skipIf(!HAS_REDIS)("extractions over Redis", () => {
  test("two workers make the graph of one, and are nearly twice as fast where the network is waited for", async () => {
    const parts = { source: slowSource(2_000), concurrency: 4 };
    const timed = async () => {
      const began = performance.now();
      await services[0]?.submitMany(PMIDS.slice(0, 36), { priority: "BULK" });
      await untilNoneIsOpen(services[0] as ExtractionService);
      return performance.now() - began;
    };
    await aService(parts);
    const alone = await timed();
    const graph = await knowledge();
    await wipe(database);
    await aService(parts);
    const together = await timed();
    expect(await knowledge()).toEqual(graph);
    process.stderr.write(
      `one worker ${Math.round(alone)} ms, two ${Math.round(together)} ms: ${(alone / together).toFixed(2)}x\n`,
    );
    // 1.7 to 2.1 was seen; what is asked leaves room for others on the machine, and none for a worker that idles.
    expect(alone / together).toBeGreaterThan(1.4);
  });

  test("a call that is given twice is answered once", async () => {
    const one = await aService();
    await aService();
    server.add(aDocument({ pmid: "90209999" }));
    const before = server.requests.length;
    await Promise.all(services.map((service) => service.submit("90209999")));
    await untilNoneIsOpen(one);
    expect(server.requests.length - before).toBe(1);
  });

  test("what Redis forgets is called for again from the graph", async () => {
    const one = await aService({ source: slowSource(300), concurrency: 2 });
    await one.submitMany(PMIDS.slice(0, 20), { priority: "BULK" });
    await setTimeout(500);
    await redis.killAndRestart();
    await one.submitMany(PMIDS.slice(20, 30));
    await untilNoneIsOpen(one);
    expect((await one.overview()).stages).toMatchObject({ WRITTEN: 30 });
  });

  test("a job whose worker was killed is taken over when its lease has passed", async () => {
    const left = newJob(PMIDS[0] ?? "", classifier.info.id);
    await recordJob(database, left, { owner: "killed", leaseUntilMillis: Date.now() + 1_000 });
    const one = await aService();
    await untilNoneIsOpen(one);
    expect(await readJob(database, left.id)).toMatchObject({ stage: "WRITTEN", attempts: 1 });
  });

  test("a paused job is not begun, and is called for when it is resumed", async () => {
    const one = await aService({ source: slowSource(2_000), concurrency: 2 });
    await one.submitMany(PMIDS.slice(0, 6), { priority: "BULK" });
    expect(await one.pause({})).toBe(6);
    await setTimeout(3_000);
    expect((await one.overview()).stages).toMatchObject({ WRITTEN: 0, QUEUED: 6 });
    expect(await one.resume({})).toBe(6);
    await untilNoneIsOpen(one);
    expect((await one.overview()).stages).toMatchObject({ WRITTEN: 6 });
  });
});
