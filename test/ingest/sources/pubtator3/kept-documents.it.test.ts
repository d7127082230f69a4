/** Papers fetched once and kept: nothing is asked for twice, whatever interrupted the run before. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pubTator3Client } from "../../../../ingest/sources/pubtator3/client.js";
import { fetchKept, type KeepOptions } from "../../../../ingest/sources/pubtator3/kept-documents.js";
import { aDocument } from "../../../support/builders.js";
import { type Pubtator3Server, startPubtator3Server } from "../../../support/servers/pubtator3-server.js";

const pmids = Array.from({ length: 250 }, (_, index) => String(90_050_001 + index));
const UNKNOWN = "90060001";
const folder = mkdtempSync(join(tmpdir(), "bioweft-kept-"));
const file = join(folder, "papers.jsonl");
let server: Pubtator3Server;

beforeAll(async () => {
  server = await startPubtator3Server({ documents: pmids.map((pmid) => aDocument({ pmid })) });
});
beforeEach(() => {
  server.recover();
  rmSync(file, { force: true });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** The PMIDs that came, and how many were asked for in each request. */
async function fetchAll(wanted: readonly string[], options: KeepOptions = {}) {
  const client = pubTator3Client({
    baseUrl: server.url,
    requestsPerSecond: 1000,
    retries: 0,
    timeoutMillis: 5000,
  });
  const before = server.requests.length;
  const came: string[] = [];
  const asked = () => server.requests.slice(before).map((request) => request.pmids.length);
  try {
    for await (const { pmid } of fetchKept(client, wanted, file, options)) came.push(pmid);
  } catch (fault) {
    return { came, asked: asked(), fault };
  }
  return { came, asked: asked(), fault: undefined };
}

const lines = () => readFileSync(file, "utf8").split("\n").slice(0, -1);

describe("fetchKept", () => {
  it("fetches a hundred at a time, and the second time only what the service did not know", async () => {
    const shown: number[] = [];
    const first = await fetchAll([...pmids, UNKNOWN], {
      onProgress: (done, total) => shown.push(done, total),
    });
    expect(first).toEqual({ came: pmids, asked: [100, 100, 51], fault: undefined });
    expect(shown).toEqual([100, 251, 200, 251, 251, 251]);
    const second = await fetchAll([...pmids.slice(100), UNKNOWN]);
    expect(second).toEqual({ came: pmids.slice(100), asked: [1], fault: undefined });
    expect(lines()).toHaveLength(250);
  });

  it("goes on where the service failed, or the caller stopped", async () => {
    server.fail("500", { pmid: pmids[150] ?? "" });
    const first = await fetchAll(pmids);
    expect(first).toMatchObject({ asked: [100, 100], fault: { code: "UPSTREAM_UNAVAILABLE" } });
    expect(first.came).toHaveLength(100);
    server.recover();
    const stop = new AbortController();
    const second = await fetchAll(pmids, {
      signal: stop.signal,
      onProgress: (done) => done > 150 && stop.abort(),
    });
    expect(second).toMatchObject({ asked: [100], fault: { code: "CANCELLED" } });
    expect(await fetchAll(pmids)).toEqual({ came: pmids, asked: [50], fault: undefined });
  });

  it("takes off the half line that a kill left, and keeps a whole one that lacks its line break", async () => {
    await fetchAll(pmids.slice(0, 3));
    const [one = "", two = "", three = ""] = lines();
    writeFileSync(file, `${one}\n${two}\n${three.slice(0, 99)}`);
    expect(await fetchAll(pmids.slice(0, 3))).toMatchObject({ came: pmids.slice(0, 3), asked: [1] });
    expect(lines()).toEqual([one, two, three]);
    writeFileSync(file, `${one}\n${two}`);
    expect(await fetchAll(pmids.slice(0, 3))).toMatchObject({ asked: [1] });
    expect(lines()).toEqual([one, two, three]);
  });

  it("leaves a file of something else as it is", async () => {
    const text = "12\tD001241\t3569\nhalf a line";
    writeFileSync(file, text);
    const { fault, asked } = await fetchAll(pmids);
    expect(fault).toMatchObject({ code: "BAD_INPUT", place: { file, line: 1 } });
    expect([asked, readFileSync(file, "utf8")]).toEqual([[], text]);
    writeFileSync(file, "half a line");
    expect(await fetchAll(pmids)).toMatchObject({ fault: { code: "BAD_INPUT", place: { line: 1 } } });
    expect(readFileSync(file, "utf8")).toBe("half a line");
  });

  it("writes nothing where nothing was asked for, and says where it cannot write", async () => {
    expect(await fetchAll([])).toEqual({ came: [], asked: [], fault: undefined });
    expect(existsSync(file)).toBe(false);
    const client = pubTator3Client({ baseUrl: server.url, requestsPerSecond: 1000 });
    const nowhere = fetchKept(client, pmids.slice(0, 1), join(folder, "none", "x.jsonl"));
    await expect(nowhere.next()).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});
