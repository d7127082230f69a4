/** A checkpoint from a server that answers as the hub does, good or not. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FetchCheckpointOptions, fetchCheckpoint } from "../../../ingest/download/fetch-checkpoint.js";
import { PARITY } from "../../support/parity-fixtures.js";
import { type HubServer, startHubServer } from "../../support/servers/hub-server.js";

const WEIGHTS = "model.safetensors";
const NAME = "some/electra";
let root: string;
let hub: HubServer;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "bioweft-hub-"));
  hub = await startHubServer(NAME, join(PARITY, "electra"));
});
afterEach(async () => {
  await hub.close();
  await rm(root, { recursive: true });
});
const fetchIt = (name = NAME, options: FetchCheckpointOptions = {}) =>
  fetchCheckpoint(name, root, { hubUrl: hub.url, retryDelayMillis: 5, ...options });
/** The bytes from which the weights were sent, in order. */
const starts = () =>
  hub.asked.flatMap((line) => (line.startsWith(`${WEIGHTS} `) ? [Number(line.slice(WEIGHTS.length))] : []));

describe("a checkpoint by its name on the hub", () => {
  it("comes with its settings and one format's weights, and a second time is only listed", async () => {
    const dir = await fetchIt();
    for (const file of ["config.json", "vocab.txt", "tokenizer.json", WEIGHTS]) {
      expect(readFileSync(join(dir, file))).toEqual(readFileSync(join(PARITY, "electra", file)));
    }
    for (const file of ["tf_model.h5", "pytorch_model.bin", "expected.json"]) {
      expect(existsSync(join(dir, file))).toBe(false);
    }
    hub.asked.length = 0;
    await fetchIt();
    expect(hub.asked).toEqual([]);
  });

  it("goes on where a download broke off, in the same call and in the next", async () => {
    hub.cutNextAfter(20_000);
    await expect(fetchIt(NAME, { retries: 0 })).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    hub.cutNextAfter(10_000);
    const dir = await fetchIt();
    const [first, second = 0, third] = starts();
    expect([first, starts().length]).toEqual([0, 3]);
    expect(second).toBeGreaterThan(0);
    expect(third).toBeGreaterThan(second);
    expect(readFileSync(join(dir, WEIGHTS)).equals(readFileSync(join(PARITY, "electra", WEIGHTS)))).toBe(
      true,
    );
    expect(readdirSync(dir).filter((name) => name.includes(".part"))).toEqual([]);
  });

  it("begins anew where the listing has another file by now", async () => {
    const dir = await fetchIt();
    await rm(join(dir, WEIGHTS));
    await writeFile(join(dir, `${WEIGHTS}.part`), Buffer.alloc(20_000));
    const origin = {
      url: `${hub.url}/${NAME}/resolve/main/${WEIGHTS}`,
      validator: '"1"',
      content: "sha256:0",
    };
    await writeFile(join(dir, `${WEIGHTS}.part.json`), JSON.stringify(origin));
    hub.asked.length = 0;
    await fetchIt();
    expect(starts()).toEqual([0]);
  });

  it("tells how far it is", async () => {
    const seen: [string, number, number][] = [];
    const dir = await fetchIt(NAME, { onProgress: (...step) => seen.push(step) });
    const { length } = readFileSync(join(dir, WEIGHTS));
    expect(seen.at(-1)).toEqual([WEIGHTS, length, length]);
  });

  it("stops when it is asked to", async () => {
    const stop = new AbortController();
    const onProgress = () => stop.abort();
    await expect(fetchIt(NAME, { signal: stop.signal, onProgress })).rejects.toMatchObject({
      code: "CANCELLED",
    });
  });

  it("replaces what is not as the hub lists it", async () => {
    const dir = await fetchIt();
    const file = join(dir, WEIGHTS);
    const whole = readFileSync(file);
    await writeFile(file, Buffer.alloc(whole.length));
    await fetchIt();
    expect(readFileSync(file).equals(whole)).toBe(true);
  });

  it.each([WEIGHTS, "vocab.txt"])("is refused when %s is not as listed, which is left out", async (name) => {
    hub.corrupt(name);
    const refused = fetchIt();
    await expect(refused).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(refused).rejects.toThrow(
      new RegExp(`${name} is not the file that was published.*thrown away`),
    );
    const left = readdirSync(join(root, NAME, "main"));
    expect(left.filter((file) => file.startsWith(name))).toEqual([]);
  });

  it.each([401, 403])("whose files are for some only (%i) is not to be had", async (status) => {
    hub.gate(status);
    await expect(fetchIt()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(fetchIt()).rejects.toThrow(/has no public model some\/electra at revision main/);
  });

  it.each([
    ["some/other", "NOT_FOUND", /has no public model some\/other/],
    ["a b", "CONFIG", /neither a folder nor a name/],
    ["../electra", "CONFIG", /neither a folder nor a name/],
    ["some/electra@../..", "CONFIG", /neither a folder nor a name/],
  ])("called %s is %s", async (name, code, reason) => {
    await expect(fetchIt(name)).rejects.toMatchObject({ code });
    await expect(fetchIt(name)).rejects.toThrow(reason);
  });

  it("says when the hub does not answer", async () => {
    const nobody = fetchCheckpoint(NAME, root, { hubUrl: "http://127.0.0.1:1", retryDelayMillis: 5 });
    await expect(nobody).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });
});
