/** Every engine that this machine has gives the logits of TensorFlow.js's portable one. */
import { beforeAll, expect, it } from "vitest";
import { onnxFp32Engine } from "../../../src/model/engines/onnx-engine.js";
import { engineByName, presentEngine } from "../../../src/model/engines/registry.js";
import { tfjsEngine } from "../../../src/model/engines/tfjs-engine.js";
import { tfjsNodeEngine } from "../../../src/model/engines/tfjs-node-engine.js";
import { caseLogits, largestDifference } from "../../support/engine-cases.js";

const hasNative = (await tfjsNodeEngine.presence()).present;

let expected: number[][];
beforeAll(async () => {
  expected = await caseLogits(tfjsEngine);
}, 60_000);

it("has cases whose logits differ from each other and from zero", () => {
  expect(expected.length).toBeGreaterThan(4);
  for (const logits of expected) expect(Math.max(...logits) - Math.min(...logits)).toBeGreaterThan(0.1);
});

it("ONNX Runtime on the CPU agrees", async () => {
  expect(largestDifference(await caseLogits(onnxFp32Engine), expected)).toBeLessThan(1e-4);
});

it.skipIf(!hasNative)(
  "TensorFlow's binding agrees, after another backend was current",
  { timeout: 60_000 },
  async () => {
    expect(largestDifference(await caseLogits(tfjsNodeEngine), expected)).toBeLessThan(1e-4);
    expect(largestDifference(await caseLogits(tfjsEngine), expected)).toBe(0);
  },
);

it("an unknown engine is refused with the names there are, an absent one with the cure", async () => {
  expect(() => engineByName("abacus")).toThrow(/no engine "abacus"; choose from auto, onnx.*tfjs/);
  const absent = (
    await Promise.all(
      ["cuda", "webgpu", "tfjs-gpu", "tfjs-webgpu"].map(async (name) => ({
        name,
        ...(await engineByName(name).presence()),
      })),
    )
  ).find(({ present }) => !present);
  if (absent === undefined) return;
  await expect(presentEngine(absent.name)).rejects.toThrow(/can't run here: .*; .*/);
});
