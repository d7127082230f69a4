import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fetchCheckpoint } from "../../../src/model/checkpoints/fetch-checkpoint.js";
import { type HubServer, startHubServer } from "../../support/hub-server.js";
import { PARITY } from "../../support/parity-fixtures.js";

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
const fetchIt = (name = NAME) => fetchCheckpoint(name, root, { hubUrl: hub.url, retryDelayMillis: 5 });

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

  it("goes on where a download broke off", async () => {
    const dir = await fetchIt();
    const whole = readFileSync(join(dir, WEIGHTS));
    await rm(join(dir, WEIGHTS));
    await writeFile(join(dir, `${WEIGHTS}.part`), whole.subarray(0, 20_000));
    hub.asked.length = 0;
    hub.cutNextAfter(10_000);
    await fetchIt();
    expect(hub.asked).toEqual([`${WEIGHTS} 20000`, `${WEIGHTS} 30000`]);
    expect(readFileSync(join(dir, WEIGHTS))).toEqual(whole);
  });

  it("replaces what is not as the hub lists it", async () => {
    const dir = await fetchIt();
    const file = join(dir, WEIGHTS);
    const whole = readFileSync(file);
    await writeFile(file, Buffer.alloc(whole.length));
    await fetchIt();
    expect(readFileSync(file)).toEqual(whole);
  });

  it("is refused when its bytes are not those of the listing, and leaves nothing", async () => {
    hub.corrupt(WEIGHTS);
    const refused = fetchIt();
    await expect(refused).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    await expect(refused).rejects.toThrow(/model\.safetensors does not have the checksum that the hub lists/);
    expect(existsSync(join(root, NAME, "main", `${WEIGHTS}.part`))).toBe(false);
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
