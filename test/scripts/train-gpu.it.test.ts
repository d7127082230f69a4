/**
 * Training packed for a machine that has Node, a graphics card and nothing else: it runs outside the checkout, on
 * WebGPU, and what it leaves when it is killed goes on here, on another backend. Skipped where no card is.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toPubTator } from "../../ingest/formats/pubtator/pubtator-writer.js";
import { childEnvironment } from "../../src/core/config.js";
import { hasWebgpuPackages } from "../../src/model/ops/tensorflow.js";
import { aDocument } from "../support/builders.js";
import { runBioweft } from "../support/command.js";
import { graphicsCard } from "../support/graphics-card.js";
import { runProgram } from "../support/program.js";
import { writeTinyCheckpoint } from "../support/tiny/tiny-checkpoint.js";

const card = graphicsCard();
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-train-gpu-"));
  await writeTinyCheckpoint(at("encoder"));
  const documents = Array.from({ length: 4 }, (_, index) =>
    toPubTator(aDocument({ pmid: String(90040000 + index) })),
  );
  writeFileSync(at("Train.PubTator"), documents.join(""));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const training = (backend: string) => [
  ...["--corpus", "biored", "--from", folder, "--encoder", at("encoder"), "--backend", backend],
  ...[
    "--epochs",
    "30",
    "--held",
    "1",
    "--checkpoint-seconds",
    "0",
    "--run",
    at("run"),
    "--out",
    at("model"),
    "--json",
  ],
];
const step = () => (JSON.parse(readFileSync(at("run/state.json"), "utf8")) as { step: number }).step;

test.skipIf(card === undefined || !hasWebgpuPackages())(
  "a packed run begins on a graphics card and ends in the checkout",
  { timeout: 300_000 },
  async () => {
    const packed = await runProgram("scripts/train-gpu/pack.mjs", [at("packed")]);
    expect(packed).toMatchObject({ code: 0 });
    expect(statSync(at("packed/node_modules/webgpu")).isDirectory()).toBe(true);
    expect(Number(/: (\d+) MB/.exec(packed.stderr)?.[1])).toBeLessThan(60);

    const program = [at("packed/dist/src/cli/commands/train.js"), ...training("webgpu")];
    const child = spawn(process.execPath, program, { cwd: folder, env: childEnvironment(card ?? {}) });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const ended = once(child, "close");
    while (!existsSync(at("run/state.json")) && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill("SIGKILL");
    await ended;
    expect(stderr).toMatch(/steps on webgpu/);
    const reached = step();
    expect(reached).toBeGreaterThan(0);

    const resumed = await runBioweft(["train", ...training("portable")]);
    expect(resumed).toMatchObject({ code: 0 });
    expect(step()).toBeGreaterThan(reached);
    expect(existsSync(at("model/model.safetensors"))).toBe(true);
  },
);

test("the packer refuses what it cannot do", async () => {
  const pack = (...args: string[]) => runProgram("scripts/train-gpu/pack.mjs", args);
  expect((await pack()).stderr).toMatch(/usage: /);
  expect((await pack(at("other"), "--platform", "abacus-x1")).stderr).toMatch(
    /nothing for abacus-x1; choose from .*linux-x64/,
  );
  cpSync(at("encoder"), at("taken"), { recursive: true });
  expect((await pack(at("taken"))).stderr).toMatch(/holds something else/);
  expect(existsSync(at("taken/config.json"))).toBe(true);
});
