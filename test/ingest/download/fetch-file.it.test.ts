/** Downloads from a real server that is good, slow, broken or has changed its mind. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isPublished } from "../../../ingest/download/check-file.js";
import { type FetchFileOptions, fetchFile } from "../../../ingest/download/fetch-file.js";
import { type FileServer, startFileServer } from "../../support/servers/file-server.js";

const CONTENT = randomBytes(300_000);
const sha256 = createHash("sha256").update(CONTENT).digest("hex");
let server: FileServer;
let folder: string;

beforeAll(async () => {
  server = await startFileServer();
});
beforeEach(async () => {
  server.recover();
  server.offer("/corpus.zip", CONTENT);
  folder = await mkdtemp(join(tmpdir(), "bioweft-fetch-"));
  return () => rm(folder, { recursive: true });
});
afterAll(() => server.close());

const file = () => join(folder, "corpus.zip");
const fetchIt = (options: FetchFileOptions = {}) =>
  fetchFile(`${server.url}/corpus.zip`, file(), { retries: 0, retryDelayMillis: 1, ...options });

describe("fetchFile", () => {
  it("brings the file whole, leaves nothing else behind and tells how far it is", async () => {
    const seen: (number | undefined)[][] = [];
    await fetchIt({ bytes: CONTENT.length, sha256, onProgress: (...step) => seen.push(step) });
    expect(CONTENT.equals(await readFile(file()))).toBe(true);
    expect(await readdir(folder)).toEqual(["corpus.zip"]);
    expect(seen.at(-1)).toEqual([CONTENT.length, CONTENT.length]);
  });

  it("goes on where a cut connection left it, in the next run", async () => {
    server.misbehave({ cutAfter: 100_000 });
    await expect(fetchIt()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(await readdir(folder)).toEqual(["corpus.zip.part", "corpus.zip.part.json"]);
    server.recover();
    await fetchIt({ sha256 });
    expect(CONTENT.equals(await readFile(file()))).toBe(true);
    expect(server.ranges).toEqual([`bytes=${server.starts[0]}-`]);
    expect(server.starts[0]).toBeGreaterThan(0);
  });

  it("goes on by itself while tries are left", async () => {
    server.misbehave({ cutAfter: 100_000, times: 2 });
    await fetchIt({ retries: 2, sha256 });
    const [first, second = 0, third] = server.starts;
    expect(first).toBe(0);
    expect(second).toBeGreaterThan(0);
    expect(third).toBeGreaterThan(second);
  });

  it("goes on from another address, and without the server's mark, where the checksum says what it is", async () => {
    server.misbehave({ cutAfter: 100_000 });
    await expect(fetchIt({ sha256 })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    server.recover();
    server.offer("/mirror/corpus.zip", CONTENT);
    const half = await readFile(`${file()}.part`);
    const note = { url: `${server.url}/corpus.zip`, content: `sha256:${sha256}` };
    await writeFile(`${file()}.part.json`, JSON.stringify(note));
    await fetchFile(`${server.url}/mirror/corpus.zip`, file(), { sha256 });
    expect(CONTENT.equals(await readFile(file()))).toBe(true);
    expect(server.starts).toEqual([half.length]);
  });

  it("starts again where the same address is to hold another file", async () => {
    server.misbehave({ cutAfter: 100_000 });
    await expect(fetchIt({ sha256: "0".repeat(64) })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    server.recover();
    await fetchIt({ sha256 });
    expect(server.starts).toEqual([0]);
  });

  it("knows Git's name of a file", async () => {
    const gitBlob = createHash("sha1").update(`blob ${CONTENT.length}\0`).update(CONTENT).digest("hex");
    await fetchIt({ gitBlob });
    expect(await isPublished(file(), { gitBlob, bytes: CONTENT.length })).toBe(true);
    expect(await isPublished(file(), { gitBlob, bytes: CONTENT.length - 1 })).toBe(false);
    expect(await isPublished(join(folder, "none"), { gitBlob })).toBe(false);
    expect(await isPublished(folder, {})).toBe(false);
  });

  it("starts again when the server ignores ranges", async () => {
    server.misbehave({ cutAfter: 100_000, times: 1 });
    server.honourRanges(false);
    await fetchIt({ retries: 1, sha256 });
    expect(CONTENT.equals(await readFile(file()))).toBe(true);
  });

  it("starts again when the file has changed meanwhile", async () => {
    server.misbehave({ cutAfter: 100_000, times: 1 });
    await expect(fetchIt()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    const changed = randomBytes(200_000);
    server.offer("/corpus.zip", changed);
    await fetchIt();
    expect(server.starts).toEqual([0, 0]);
    expect(changed.equals(await readFile(file()))).toBe(true);
  });

  it.each([
    [401, "NOT_FOUND"],
    [403, "NOT_FOUND"],
    [404, "NOT_FOUND"],
    [429, "RATE_LIMITED"],
    [500, "UPSTREAM_UNAVAILABLE"],
  ])("tells a %i apart", async (status, code) => {
    server.misbehave({ status });
    await expect(fetchIt()).rejects.toMatchObject({ code });
    expect(await readdir(folder)).toEqual([]);
  });

  it("tells silence, a closed port and a folder that is not there apart", async () => {
    server.misbehave({ silent: true });
    await expect(fetchIt({ silenceMillis: 50 })).rejects.toMatchObject({ code: "TIMEOUT" });
    await expect(fetchFile("http://127.0.0.1:9/x", file(), { retries: 0 })).rejects.toMatchObject({
      code: "UPSTREAM_UNAVAILABLE",
    });
    server.recover();
    const nowhere = join(folder, "none", "x");
    await expect(fetchFile(`${server.url}/corpus.zip`, nowhere, { retries: 0 })).rejects.toMatchObject({
      code: "BAD_INPUT",
      place: { file: nowhere },
    });
  });

  it.each([{ sha256: "0".repeat(64) }, { md5: "0".repeat(32) }, { gitBlob: "0".repeat(40) }, { bytes: 1 }])(
    "throws away what is not the published file: %j",
    async (expected) => {
      await expect(fetchIt(expected)).rejects.toMatchObject({ code: "BAD_INPUT" });
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it("stops when it is asked to", async () => {
    server.misbehave({ silent: true });
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 30);
    await expect(fetchIt({ signal: stopping.signal })).rejects.toMatchObject({ code: "CANCELLED" });
  });
});
