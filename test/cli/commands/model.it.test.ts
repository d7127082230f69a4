import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runBioweft } from "../../support/command.js";
import { PARITY } from "../../support/parity-fixtures.js";
import { type HubServer, startHubServer } from "../../support/servers/hub-server.js";

let root: string;
let hub: HubServer;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "bioweft-model-"));
  hub = await startHubServer("some/bert", join(PARITY, "bert"));
});
afterAll(async () => {
  await hub.close();
  await rm(root, { recursive: true });
});
const model = (...args: string[]) =>
  runBioweft(["model", ...args], { BIOWEFT_HOME: root, BIOWEFT_HUB_URL: hub.url });

describe("bioweft model", () => {
  it("imports by name, describes, exports and describes that", async () => {
    const [imported, half] = [join(root, "imported"), join(root, "half")];
    const first = await model("import", "some/bert", "--out", imported, "--json");
    expect([first.code, first.stderr]).toEqual([0, expect.not.stringContaining("error")]);
    expect(JSON.parse(first.stdout)).toMatchObject({ source: "some/bert", network: "pair", unused: [] });
    const exported = await model("export", imported, "--precision", "fp16", "--out", half);
    expect(exported.stdout).toContain("(safetensors, fp16)");
    expect((await model("info", imported)).stdout).toMatch(/^parameters +\d+ \(safetensors, fp32\)$/m);
    const info = await model("info", half, "--json");
    expect(JSON.parse(info.stdout)).toMatchObject({
      id: "bert",
      network: "pair",
      encoder: { family: "bert" },
      precision: "fp16",
    });
    expect((await model("info", half)).stdout).toMatch(/^labels +5: None, Association/m);
  });

  it.each([
    [["import", "some/none", "--out", "x"], /has no public model some\/none/],
    [["export", join(PARITY, "bert"), "--precision", "int4", "--out", "x"], /int4.*fp32, fp16, int8/],
    [["info", join(PARITY, "torch")], /config\.json/],
  ])("refuses %j", async (args, reason) => {
    const { code, stderr } = await model(...args);
    expect([code, stderr]).toEqual([1, expect.stringMatching(reason)]);
  });
});
