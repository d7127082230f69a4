/**
 * Both WebGPU engines, and training on WebGPU, for real, on a graphics card: the machine's, or one in software. Skipped where neither is.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { tfjsEngine } from "../../../src/model/engines/tfjs-engine.js";
import { hasWebgpuPackages } from "../../../src/model/ops/tensorflow.js";
import { caseLogits, FEW_CASES, largestDifference } from "../../support/engine-cases.js";
import { graphicsCard } from "../../support/graphics-card.js";
import { runProgram } from "../../support/program.js";

const card = graphicsCard();

/** What test/support/processes/gradient-process.ts prints. */
interface Found {
  readonly loss: number;
  readonly tensors: number;
  readonly gradients: ReadonlyArray<readonly [string, number[]]>;
}

describe.skipIf(card === undefined)("on a graphics card", () => {
  let expected: number[][];
  beforeAll(async () => {
    expected = await caseLogits(tfjsEngine, FEW_CASES);
  });

  const onCard = async (engine: string) => {
    const { code, stdout, stderr } = await runProgram(
      "test/support/processes/engine-process.ts",
      [engine],
      card ?? {},
    );
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

  it.skipIf(!hasWebgpuPackages())("training's gradients are the CPU's", async () => {
    const [onCpu, found] = await Promise.all(
      ["portable", "webgpu"].map(async (backend) => {
        const { stdout } = await runProgram(
          "test/support/processes/gradient-process.ts",
          [backend],
          card ?? {},
        );
        // The portable backend greets on stdout.
        return JSON.parse(stdout.slice(stdout.indexOf("{"))) as Found;
      }),
    );
    expect(found?.loss).toBeCloseTo(onCpu?.loss ?? Number.NaN, 5);
    expect(found?.gradients.length).toBeGreaterThan(40);
    const values = (all?: Found) => all?.gradients.map(([, data]) => data) ?? [];
    expect(Math.max(...values(onCpu).flat())).toBeGreaterThan(1);
    expect(largestDifference(values(found), values(onCpu))).toBeLessThan(1e-4);
    expect(found?.tensors).toBe(0);
  });
});
