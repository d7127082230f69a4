import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openRunFolder } from "../../../src/model/training/run-folder.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bioweft-run-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const parameters = new Map([["a.weight", { shape: [2], data: Float32Array.of(1, 0.1) }]]);

it("keeps the newest state, and drops what a killed run had begun to write", async () => {
  writeFileSync(join(dir, "step-3.safetensors.unfinished-1"), "half of it");
  const run = await openRunFolder(dir, "a plan");
  await run.save({ step: 1, staleEpochs: 0, parameters });
  await run.save({ step: 2, staleEpochs: 0, parameters });
  expect(readdirSync(dir).sort()).toEqual(["state.json", "step-2.safetensors"]);
  const again = await (await openRunFolder(dir, "a plan")).resume();
  expect(again).toEqual({ step: 2, staleEpochs: 0, parameters });
});

it("refuses a run with another plan", async () => {
  await (await openRunFolder(dir, "a plan")).save({ step: 1, staleEpochs: 0, parameters });
  await expect((await openRunFolder(dir, "another")).resume()).rejects.toMatchObject({ code: "CONFIG" });
});
