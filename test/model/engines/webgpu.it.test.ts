/**
 * Both WebGPU engines, for real, on a graphics card: the machine's, or one in software. Skipped where neither is.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { tfjsEngine } from "../../../src/model/engines/tfjs-engine.js";
import { hasWebgpuPackages } from "../../../src/model/tensorflow.js";
import { caseLogits, FEW_CASES, largestDifference } from "../../support/engine-cases.js";
import { graphicsCard } from "../../support/graphics-card.js";
import { runProgram } from "../../support/program.js";

const card = graphicsCard();

describe.skipIf(card === undefined)("on a graphics card", () => {
  let expected: number[][];
  beforeAll(async () => {
    expected = await caseLogits(tfjsEngine, FEW_CASES);
  });

  const onCard = async (engine: string) => {
    const { code, stdout, stderr } = await runProgram("test/support/engine-process.ts", [engine], card ?? {});
    expect(stderr).not.toContain("Error");
    expect(code).toBe(0);
    return JSON.parse(stdout) as number[][];
  };

  it("ONNX Runtime's WebGPU agrees with the CPU", async () => {
    expect(largestDifference(await onCard("webgpu"), expected)).toBeLessThan(1e-4);
  });

  it.skipIf(!hasWebgpuPackages())("TensorFlow.js's WebGPU agrees with the CPU", async () => {
    expect(largestDifference(await onCard("tfjs-webgpu"), expected)).toBeLessThan(1e-4);
  });
});
