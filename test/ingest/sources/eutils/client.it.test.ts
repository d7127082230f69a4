/** E-utilities: searches with a history, long lists by POST, a history that expires, and what is no answer. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PubMedItem } from "../../../../ingest/formats/pubmed/pubmed-xml.js";
import { type EutilsClient, eutilsClient } from "../../../../ingest/sources/eutils/client.js";
import { querySource } from "../../../../ingest/sources/eutils/eutils-source.js";
import { searchWhole } from "../../../../ingest/sources/eutils/large-searches.js";
import { seededRandom } from "../../../../src/core/random.js";
import { recordMaker } from "../../../../src/lab/benches/pubmed-bench/synthetic-record.js";
import { type EutilsServer, startEutilsServer } from "../../../support/servers/eutils-server.js";

const make = recordMaker(seededRandom(1));
const pmids = Array.from({ length: 450 }, (_, index) => String(99_000_001 + index));
const records = new Map(pmids.map((pmid) => [pmid, make({ pmid: Number(pmid), oddity: "plain" })]));
let server: EutilsServer;
let client: EutilsClient;

beforeAll(async () => {
  server = await startEutilsServer(records);
});
beforeEach(() => {
  server.requests.length = 0;
  server.expireAfter(Number.POSITIVE_INFINITY);
  client = eutilsClient({
    baseUrl: server.url,
    email: "me@here.test",
    apiKey: "key",
    requestsPerSecond: 1000,
    retries: 2,
    retryDelayMillis: 2,
  });
});
afterAll(() => server.close());

async function pmidsOf(items: AsyncIterable<PubMedItem>): Promise<string[]> {
  const found: string[] = [];
  for await (const item of items) if (item.kind === "record") found.push(item.document.pmid);
  return found;
}

describe("a query", () => {
  it("is searched once and fetched from its history", async () => {
    const found = await client.search("queno");
    expect(found).toMatchObject({ count: 450, ignored: [] });
    expect(await pmidsOf(client.fetchFound(found, {}))).toEqual(pmids);
    expect(server.requests.map(({ utility, asked }) => [utility, asked.get("retstart")])).toEqual([
      ["esearch", null],
      ["efetch", "0"],
      ["efetch", "200"],
      ["efetch", "400"],
    ]);
    for (const { asked } of server.requests) {
      expect(Object.fromEntries(asked)).toMatchObject({
        db: "pubmed",
        tool: "bioweft",
        email: "me@here.test",
        api_key: "key",
      });
    }
  });

  it("whose history expires in the middle, said with HTTP 200, goes on by PMIDs and loses nothing", async () => {
    server.expireAfter(1);
    const found = await client.search("queno");
    expect(await pmidsOf(client.fetchFound(found, {}))).toEqual(pmids);
    expect(
      server.requests.slice(3).map(({ method, asked }) => [method, asked.get("id")?.split(",").length]),
    ).toEqual([
      ["POST", 200],
      ["GET", 50],
    ]);
  });

  it("that finds more than PubMed lists is cut by days", async () => {
    const many = Array.from({ length: 12_000 }, (_, index) => String(90_000_000 + index));
    const large = await startEutilsServer(new Map(many.map((pmid) => [pmid, ""])));
    try {
      const asking = eutilsClient({ baseUrl: large.url, requestsPerSecond: 1000 });
      const parts: string[] = [];
      for await (const found of searchWhole(asking, "much")) {
        expect(found.count).toBeLessThanOrEqual(9_999);
        parts.push(...found.pmids);
      }
      expect(parts.sort()).toEqual([...many].sort());
    } finally {
      await large.close();
    }
  });

  it("that PubMed refuses, or of which it knows a word not, says so", async () => {
    await expect(client.search("(")).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: /refuses the query: Invalid/,
    });
    expect((await client.search("queno zzz")).ignored).toEqual(["zzz"]);
    const state = {
      reading: {},
      signal: new AbortController().signal,
      showProgress: () => ({ update() {}, stop() {} }),
    };
    await expect(querySource(client, "nothing").check(state)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("PMIDs", () => {
  it("are posted where there are many; those that PubMed does not know are missing", async () => {
    expect(await pmidsOf(client.fetchPmids(["5", ...pmids.slice(0, 250)], {}))).toEqual(pmids.slice(0, 250));
    expect(server.requests.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  it.each([
    ["an error", 200, "<eFetchResult><ERROR>Internal trouble</ERROR></eFetchResult>"],
    ["a web page", 200, "<!DOCTYPE html><html></html>"],
    ["half of a set", 200, `<PubmedArticleSet>${records.get("99000001")}`],
    ["a failure", 502, "Bad Gateway"],
    ["no patience", 429, '{"error":"API rate limit exceeded"}'],
  ])("are asked for again after %s", async (_, status, body) => {
    server.failNext(status, body);
    expect(await pmidsOf(client.fetchPmids(["99000001"], {}))).toEqual(["99000001"]);
    expect(server.requests).toHaveLength(2);
  });

  it("that fail for good say how", async () => {
    for (let tries = 0; tries < 3; tries += 1) server.failNext(200, "<html></html>");
    await expect(pmidsOf(client.fetchPmids(["99000001"], {}))).rejects.toMatchObject({
      code: "UPSTREAM_UNAVAILABLE",
      message: expect.stringMatching(/its root is html.*an HTML page/),
    });
  });
});
