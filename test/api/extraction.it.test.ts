/**
 * Live extraction through the API: PMIDs against a server in PubTator3's form, followed over graphql-ws, and free
 * text, with the released model. Only the literature is invented.
 */

import { hostname } from "node:os";
import { createClient } from "graphql-ws";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import WebSocket from "ws";
import { pubTator3Client } from "../../ingest/sources/pubtator3/client.js";
import type { ApiServer } from "../../src/api/server/server.js";
import type { ExtractionService } from "../../src/core/extraction-job.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { createExtractionService } from "../../src/jobs/live.js";
import { ask, dataOf, type Json, operation, startApi } from "../support/api-client.js";
import { aDocument } from "../support/builders.js";
import { testDatabase, wipe } from "../support/database.js";
import { paperOfEntities } from "../support/long-papers.js";
import { loadPacedClassifier } from "../support/paced-classifier.js";
import { type Pubtator3Server, startPubtator3Server } from "../support/servers/pubtator3-server.js";

const PMID = "90020001";
const PAPER = aDocument({
  pmid: PMID,
  title: "Fish oil lowers IL6 in gout",
  abstract: "We gave fish oil to many. It was well borne, and IL6 fell.",
  mentions: [
    { text: "Fish oil", type: "Chemical", ids: ["D005395"] },
    { text: "IL6", type: "Gene", ids: ["3569"] },
    { text: "gout", type: "Disease", ids: ["D006073"] },
  ],
});

let database: Database;
let source: Pubtator3Server;
let classifier: RelationClassifier;
let jobs: ExtractionService;
let api: ApiServer;
/** Holds the classifier until released. */
let gate: Promise<void> = Promise.resolve();
let release = () => {};
/** What calls off the last asking of the classifier. */
let lastSignal: AbortSignal | undefined;

beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  source = await startPubtator3Server({
    documents: [PAPER, aDocument({ pmid: "90020002", title: "A title alone", abstract: null })],
  });
  classifier = await loadPacedClassifier((signal) => {
    lastSignal = signal;
    return gate;
  });
  jobs = await createExtractionService({
    source: pubTator3Client({
      baseUrl: source.url,
      requestsPerSecond: 200,
      retries: 1,
      retryDelayMillis: 5,
      timeoutMillis: 500,
    }),
    classifier,
    database,
    retries: { tries: 2, firstMillis: 20, longestMillis: 20 },
    lookAlongMillis: 2_000,
  });
  api = await startApi(database, jobs);
});

afterEach(() => {
  source.recover();
  // What a test that failed held back holds up no other.
  release();
});

afterAll(async () => {
  await api?.close();
  await jobs?.close();
  await classifier?.dispose();
  await source?.close();
  await database?.close();
});

/** Holds the classifier; gives what lets it go. */
function hold(): () => void {
  gate = new Promise((resolve) => {
    release = resolve;
  });
  return release;
}

/** All events of an extraction, over a WebSocket of its own; `following` is called when the first has come. */
async function follow(id: string, following: () => void = () => undefined): Promise<Json[]> {
  const client = createClient({
    url: api.url.replace("http", "ws").concat("/graphql"),
    webSocketImpl: WebSocket,
  });
  const events: Json[] = [];
  try {
    for await (const { data, errors } of client.iterate({
      query: operation("extraction-progress"),
      variables: { id },
    })) {
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      events.push((data as { extractionProgress: Json }).extractionProgress);
      following();
    }
  } finally {
    await client.dispose();
  }
  return events;
}

const submit = (pmid: string) => ask(api, operation("extract-publication"), { pmid });

describe("extractPublication", () => {
  it("goes through its stages live, and its relations are there with their sentences", async () => {
    const open = hold();
    const { data } = await submit(PMID);
    expect(data.extractPublication).toMatchObject({
      __typename: "ExtractionJob",
      pmid: PMID,
      model: classifier.info.id,
    });
    const events = await follow(data.extractPublication.id, open);
    const stages = events.map((event) => event.stage);
    expect(stages.at(-1)).toBe("WRITTEN");
    expect(stages).toContain("SCORED");
    expect(new Set(stages).size).toBeGreaterThan(2);
    expect(events.at(-1)).toMatchObject({ pairs: 3, pairsScored: 3, pairsLeftOut: 0, error: null });
    expect(events.at(-1)?.["relations"]).toBeGreaterThan(0);

    const { entity } = await dataOf(api, operation("entity"), { curie: "MESH:D005395" });
    const [relation] = entity.relations.nodes;
    expect(relation.evidence.nodes[0]).toMatchObject({
      pmid: PMID,
      sentence: "Fish oil lowers IL6 in gout",
      sourceKind: "MODEL",
      model: classifier.info.id,
    });
    expect(relation.evidence.nodes[0]["probability"]).toBeGreaterThan(0);
  });

  it("gives the same job again, and its last state to whoever follows it late", async () => {
    const first = await submit(PMID);
    const again = await submit(PMID);
    expect(again.data.extractPublication.id).toBe(first.data.extractPublication.id);
    expect((await follow(again.data.extractPublication.id)).at(-1)).toMatchObject({ stage: "WRITTEN" });
    const { extractionJob } = await dataOf(api, operation("extraction-job"), {
      id: again.data.extractPublication.id,
    });
    expect(extractionJob).toMatchObject({
      stage: "WRITTEN",
      publication: { title: "Fish oil lowers IL6 in gout" },
    });
  });

  it("answers with a type where there is nothing to extract", async () => {
    expect((await submit("99999999")).data.extractPublication).toMatchObject({
      __typename: "PublicationNotFound",
      pmid: "99999999",
    });
    expect((await submit("90020002")).data.extractPublication).toMatchObject({
      __typename: "NoAbstract",
      title: "A title alone",
    });
  });

  it.each([
    ["500", "UPSTREAM_UNAVAILABLE"],
    ["garbage", "UPSTREAM_UNAVAILABLE"],
    ["empty", "UPSTREAM_UNAVAILABLE"],
    ["429", "RATE_LIMITED"],
    ["hang", "TIMEOUT"],
  ] as const)("starts an extraction that says %s as %s, and writes nothing", async (mode, code) => {
    source.add(aDocument({ pmid: "90020003" }));
    source.fail(mode);
    const { id } = (await submit("90020003")).data.extractPublication;
    expect((await follow(id)).at(-1)).toMatchObject({
      stage: "FAILED",
      relations: 0,
      error: { code, retryable: true },
    });
    expect(await dataOf(api, operation("publication"), { pmid: "90020003" })).toEqual({ publication: null });
  });

  it("lists extractions page by page, and lets them be paused, resumed and driven again", async () => {
    source.add(aDocument({ pmid: "90020006" }));
    source.fail("500");
    expect(await dataOf(api, operation("extract-publications"), { pmids: ["90020006", "90020006"] })).toEqual(
      {
        extractPublications: 1,
      },
    );
    const failed = { stages: ["FAILED"], priority: "BULK" };
    const listed = async (variables: Record<string, unknown>) =>
      dataOf(api, operation("extraction-jobs"), variables);
    await vi.waitUntil(async () => (await listed({ filter: failed })).extractionJobs.totalCount === 1, {
      timeout: 10_000,
    });
    const { extractionJobs, extractionQueue } = await listed({ filter: failed, first: 1 });
    expect(extractionJobs.nodes[0]).toMatchObject({
      pmid: "90020006",
      attempts: 2,
      paused: false,
      error: { code: "UPSTREAM_UNAVAILABLE" },
    });
    expect(extractionQueue["waiting"]).toBe(0);
    expect(extractionQueue["workers"]).toMatchObject([{ model: classifier.info.id, alive: true }]);
    const all = await listed({ first: 2 });
    expect(all.extractionJobs.pageInfo.hasNextPage).toBe(true);
    const rest = await listed({ first: 2, after: all.extractionJobs.pageInfo.endCursor });
    expect(rest.extractionJobs.nodes[0]["id"]).not.toBe(all.extractionJobs.nodes[0]["id"]);
    source.recover();
    const ids = [extractionJobs.nodes[0]["id"]];
    const act = (name: string) => dataOf(api, operation(name), { filter: { ids } });
    expect(await act("pause-extractions")).toEqual({ pauseExtractions: 0 });
    expect(await act("redrive-extractions")).toEqual({ redriveExtractions: 1 });
    expect((await follow(String(ids[0]))).at(-1)).toMatchObject({ stage: "WRITTEN" });
    expect(await act("resume-extractions")).toEqual({ resumeExtractions: 0 });
  });

  it("tells where its workers run to those who may act alone", async () => {
    const query = "{ extractionQueue { workers { host pid model alive } } }";
    const { extractionQueue: shown } = await dataOf(api, query);
    expect(shown["workers"]).toMatchObject([{ host: hostname(), pid: process.pid, alive: true }]);
    const closed = await startApi(database, jobs, { tokens: { jwksUrl: "http://127.0.0.1:1/keys" } });
    try {
      const { extractionQueue } = await dataOf(closed, query);
      expect(extractionQueue["workers"]).toMatchObject([{ host: null, pid: null, alive: true }]);
    } finally {
      await closed.close();
    }
  });

  it("says of a paper of few pairs how many are scored before they all are", async () => {
    const open = hold();
    source.add(aDocument({ pmid: "90020007" }));
    const { data } = await submit("90020007");
    const events = await follow(data.extractPublication.id, open);
    const scored = events.map((event) => event["pairsScored"] as number);
    expect([...scored].sort((a, b) => a - b)).toEqual(scored);
    expect([...new Set(scored)]).toEqual([0, 5, 10]);
  });

  it("says of a paper of many pairs how many are scored while it goes on, ever more, and at the end all", async () => {
    const open = hold();
    source.add(paperOfEntities(60, { pmid: "90020005" }));
    const { data } = await submit("90020005");
    const events = await follow(data.extractPublication.id, open);
    const last = events.at(-1);
    expect(last).toMatchObject({ stage: "WRITTEN", pairsScored: last?.["pairs"] });
    const scored = events
      .filter(({ stage }) => stage === "ANNOTATED")
      .map((event) => event["pairsScored"] as number);
    const between = scored.filter((count) => count > 0);
    expect(between.length).toBeGreaterThanOrEqual(2);
    expect([...new Set(between)].sort((a, b) => a - b)).toEqual(between);
    expect(between.at(-1)).toBeLessThan(last?.["pairs"] as number);
  });

  it("refuses what is no PMID, and ids that name nothing", async () => {
    expect((await submit("PMC12")).errors[0]?.extensions["code"]).toBe("BAD_USER_INPUT");
    const unknown = Buffer.from("ExtractionJob:nobody").toString("base64url");
    expect(await dataOf(api, operation("extraction-job"), { id: unknown })).toEqual({ extractionJob: null });
    expect(await dataOf(api, operation("cancel-extraction"), { id: unknown })).toEqual({
      cancelExtraction: null,
    });
    await expect(follow(unknown)).rejects.toThrow(/NOT_FOUND/);
  });

  it("stops when asked, and writes nothing", async () => {
    source.add(aDocument({ pmid: "90020004" }));
    const open = hold();
    const { data } = await submit("90020004");
    const following = follow(data.extractPublication.id);
    await dataOf(api, operation("cancel-extraction"), { id: data.extractPublication.id });
    open();
    expect((await following).at(-1)).toMatchObject({ stage: "CANCELLED" });
    expect(await dataOf(api, operation("publication"), { pmid: "90020004" })).toEqual({ publication: null });
  });
});

describe("extractText", () => {
  it("finds the names that the graph knows, and writes nothing", async () => {
    const before = await dataOf(api, operation("overview"));
    const abstract = "In our hands fish oil raises IL6.";
    const { extractText } = await dataOf(api, operation("extract-text"), { abstract });
    expect(extractText.mentions.map((mention) => mention.text)).toEqual(["fish oil", "IL6"]);
    expect(extractText.relations).toMatchObject([
      { subject: { curie: "MESH:D005395" }, object: { curie: "NCBIGene:3569" }, sentence: abstract },
    ]);
    expect(await dataOf(api, operation("overview"))).toEqual(before);
  });

  it("finds names that no paper of the graph has used, says what else they may mean, and how likely", async () => {
    const query = `mutation ($abstract: String!) {
      extractText(abstract: $abstract) { mentions { text type ids otherIds risk } }
    }`;
    const abstract = "Metformin was given to the patients with acromegaly, and p53 was measured.";
    const { extractText } = await dataOf(api, query, { abstract });
    expect(extractText.mentions).toMatchObject([
      { text: "Metformin", type: "CHEMICAL", ids: ["MESH:D008687"], otherIds: [] },
      { text: "patients", type: "SPECIES", ids: ["NCBITaxon:9606"], otherIds: [] },
      { text: "acromegaly", type: "DISEASE", ids: ["MESH:D000172"], otherIds: [] },
      {
        text: "p53",
        type: "GENE",
        ids: ["NCBIGene:7157"],
        otherIds: expect.arrayContaining(["NCBIGene:22059"]),
      },
    ]);
    expect(extractText.mentions).not.toContainEqual(expect.objectContaining({ risk: null }));
  });

  describe("whose client goes away", () => {
    const query = operation("extract-text");
    const text = { abstract: "In our hands fish oil raises IL6." };
    let open = () => {};
    beforeEach(() => {
      lastSignal = undefined;
      gate = new Promise((resolve) => {
        open = resolve;
      });
    });
    afterEach(() => open());

    /** The signal that the classifier was given, once it is asked. */
    const asked = () => vi.waitUntil(() => lastSignal, { timeout: 10_000 });
    const expectHeard = (signal: AbortSignal) => vi.waitUntil(() => signal.aborted, { timeout: 1_000 });

    it("is called off when the connection closes", async () => {
      const leaving = new AbortController();
      const body = JSON.stringify({ query, variables: text });
      const headers = { "content-type": "application/json" };
      const request = { method: "POST", headers, body, signal: leaving.signal };
      const answer = fetch(`${api.url}/graphql`, request).catch((fault: Error) => fault.name);
      const signal = await asked();
      expect(signal.aborted).toBe(false);
      leaving.abort();
      expect(await answer).toBe("AbortError");
      await expectHeard(signal);
    });

    it.each(["the operation", "the socket"])("is called off when %s ends on a WebSocket", async (ending) => {
      const client = createClient({
        url: api.url.replace("http", "ws").concat("/graphql"),
        webSocketImpl: WebSocket,
      });
      const sink = { next: () => undefined, error: () => undefined, complete: () => undefined };
      const leave = client.subscribe({ query, variables: text }, sink);
      const signal = await asked();
      expect(signal.aborted).toBe(false);
      if (ending === "the operation") leave();
      else client.terminate();
      await expectHeard(signal);
      await client.dispose();
    });

    it("is not called off once it is answered, on either way", async () => {
      open();
      const { errors } = await ask(api, query, text);
      expect([errors, lastSignal?.aborted]).toEqual([[], false]);
      const client = createClient({
        url: api.url.replace("http", "ws").concat("/graphql"),
        webSocketImpl: WebSocket,
      });
      const results = client.iterate({ query, variables: text });
      expect((await results.next()).value).toMatchObject({
        data: { extractText: { model: classifier.info.id } },
      });
      expect(await results.next()).toMatchObject({ done: true });
      expect(lastSignal?.aborted).toBe(false);
      await client.dispose();
    });
  });

  it("takes the client's mentions, and refuses those outside the text", async () => {
    const text = { title: "Zinc", abstract: "It lowers XYZ1." };
    const zinc = { start: 0, end: 4, ids: ["mesh:D015032"], type: "CHEMICAL" };
    const gene = { start: 15, end: 19, ids: ["NCBIGene:1"], type: "GENE" };
    const { extractText } = await dataOf(api, operation("extract-text"), { ...text, mentions: [zinc, gene] });
    expect(extractText.relations).toMatchObject([
      {
        subject: { curie: "MESH:D015032", name: "Zinc" },
        object: { name: "XYZ1" },
      },
    ]);
    const { errors } = await ask(api, operation("extract-text"), {
      ...text,
      mentions: [{ ...zinc, end: 99 }],
    });
    expect(errors[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });
});
