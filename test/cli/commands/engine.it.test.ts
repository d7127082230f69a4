/**
 * `--engine auto` and doctor on a machine whose graphics driver is broken: prediction goes on, measured once.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft } from "../../support/command.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

let folder: string;
let model: string;
let settings: Record<string, string>;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-engine-"));
  model = await writeTinyModel();
  writeFileSync(at("in.pubtator"), toPubTator(aDocument()));
  for (const name of ["libvulkan.so.1", "broken.json"]) writeFileSync(at(name), "");
  settings = {
    BIOWEFT_HOME: at("home"),
    BIOWEFT_MODEL: model,
    LD_LIBRARY_PATH: folder,
    VK_DRIVER_FILES: at("broken.json"),
  };
});
afterAll(() => {
  for (const each of [folder, model]) rmSync(each, { recursive: true, force: true });
});

const predict = (...more: string[]) =>
  runBioweft(["predict", "--in", at("in.pubtator"), "--out", at("out.jsonl"), ...more], settings);
const doctor = async () => {
  const { stdout } = await runBioweft(["doctor", "--json"], settings);
  const { findings } = JSON.parse(stdout) as {
    findings: Array<{ name: string; found: string; cure?: string }>;
  };
  return new Map(findings.map(({ name, ...finding }) => [name, finding]));
};

test.skipIf(process.platform !== "linux")(
  "auto measures once, survives the broken engine and says why",
  async () => {
    expect((await doctor()).get("engine auto")?.found).toMatch(/not measured yet: .*onnx, .*webgpu/);
    expect(existsSync(at("home/engines.json"))).toBe(false);

    const first = await predict();
    expect(first).toMatchObject({ code: 0 });
    expect(first.stderr).toMatch(/measuring once how fast the engine webgpu is/);
    const [{ trials }] = Object.values(JSON.parse(readFileSync(at("home/engines.json"), "utf8"))) as [
      { trials: Array<{ engine: string; seconds?: number; fault?: string }> },
    ];
    expect(trials.find(({ engine }) => engine === "onnx")?.seconds).toBeGreaterThan(0);
    expect(trials.find(({ engine }) => engine === "webgpu")?.fault).toMatch(/WebGPU/);

    expect((await predict()).stderr).not.toContain("measuring");
    expect((await doctor()).get("engine auto")?.found).toMatch(
      /^onnx: onnx [\d.]+ ms a document, .*webgpu failed/,
    );
  },
);

test.skipIf(process.platform !== "linux")(
  "an engine asked for by name that can't run is refused with reason and cure",
  async () => {
    const { code, stderr } = await predict("--engine", "webgpu");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .*WebGPU adapter/m);
    const cuda = await predict("--engine", "cuda");
    if ((await doctor()).get("engine cuda")?.cure === undefined)
      expect(cuda.stderr).toMatch(/cuda can't run here: .*NVIDIA/);
    expect((await predict("--engine", "abacus")).stderr).toMatch(
      /error: there is no engine "abacus"; choose from auto, onnx/,
    );
  },
);
