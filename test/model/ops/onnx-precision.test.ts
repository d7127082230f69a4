import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import onnxProto from "onnx-proto";
import { afterAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { readSafetensors } from "../../../src/model/checkpoints/safetensors-file.js";
import { writeSafetensors } from "../../../src/model/checkpoints/write-safetensors.js";
import { loadOnnxSession } from "../../../src/model/engines/onnx-session.js";
import { documentFeeds, documentGraph } from "../../../src/model/networks/document-graph.js";
import { toInt8 } from "../../../src/model/ops/int8.js";
import { DataType } from "../../../src/model/ops/onnx-graph.js";
import { type Precision, recordOnnx } from "../../../src/model/ops/onnx-ops.js";
import type { Parameters } from "../../../src/model/ops/parameters.js";
import { TINY, tinyParameters, tinyView } from "../../support/tiny/tiny-network.js";

/** Wide enough that every dense layer but the last is worth 8 bits, with a vocabulary that is worth it as well. */
const config = { ...TINY, hiddenSize: 64, embeddingSize: 64, heads: 4, headSize: 48 };
const HEAD_FACTORS = new Map([
  ["head.hidden.weight", 0.1],
  ["head.output.weight", 0.5],
]);
const parameters = tinyParameters(1, config, 5000);
// Scores and logits as spread as a trained network's, whose probabilities are not all 0 or 1; the tiny network's weights
// were made for narrower layers.
for (const [name, { data }] of parameters) {
  const factor = /query|key|dense\.weight/.test(name) ? 0.4 : (HEAD_FACTORS.get(name) ?? 1);
  for (const [index, weight] of data.entries()) data[index] = factor * weight;
}
/** The same with states of 14: e^14 is beyond half precision. */
const withLargeStates = new Map(parameters).set("encoder.layer.1.output.LayerNorm.bias", {
  shape: [config.hiddenSize],
  data: new Float32Array(config.hiddenSize).fill(14, 0, 2),
});
const views = [1, 2, 3, 4].map((seed) => tinyView(seed, 30, 60));

async function probabilities(precision: Precision, weights: Parameters = parameters): Promise<number[][]> {
  const options = { engine: precision, provider: "cpu", precision } as const;
  const network = await loadOnnxSession(documentGraph(config), weights, options);
  const rows: number[][] = [];
  for (const view of views) {
    const logits = await network.logits(documentFeeds(view));
    for (let at = 0; at < logits.length; at += config.classes) {
      const powers = [...logits.subarray(at, at + config.classes)].map(Math.exp);
      const total = powers.reduce((sum, power) => sum + power, 0);
      rows.push(powers.map((power) => power / total));
    }
  }
  await network.dispose();
  return rows;
}

/** Share of rows with the same best class, and the mean over classes of the mean absolute difference. */
function agreement(found: readonly number[][], expected: readonly number[][]) {
  const best = (row: readonly number[] = []) => row.indexOf(Math.max(...row));
  const same = found.filter((row, index) => best(row) === best(expected[index])).length;
  const differences = found.flatMap((row, index) =>
    row.map((value, column) => Math.abs(value - (expected[index]?.[column] ?? Number.NaN))),
  );
  const difference = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  return { same: same / found.length, difference };
}

describe("a network recorded in lower precision", { timeout: 60_000 }, () => {
  it("answers the same in int8, in less than half the bytes", async () => {
    const { same, difference } = agreement(await probabilities("int8"), await probabilities("fp32"));
    expect(same).toBeGreaterThanOrEqual(0.99);
    expect(difference).toBeLessThan(0.02);
    expect(difference).toBeGreaterThan(0);
    const bytes = (precision: Precision) => recordOnnx(documentGraph(config), parameters, precision).length;
    expect(bytes("int8") / bytes("fp32")).toBeLessThan(0.5);
    expect(bytes("fp16") / bytes("fp32")).toBeLessThan(0.55);
  });

  it("answers the same in fp16, even where exponentials leave its range", async () => {
    const { same, difference } = agreement(
      await probabilities("fp16", withLargeStates),
      await probabilities("fp32", withLargeStates),
    );
    expect(same).toBeGreaterThanOrEqual(0.99);
    expect(difference).toBeLessThan(0.005);
    expect(difference).toBeGreaterThan(0);
  });
});

describe("a model that is stored in int8", () => {
  const dir = mkdtempSync(join(tmpdir(), "bioweft-int8-"));
  afterAll(() => rmSync(dir, { recursive: true }));

  it("gives the very integers and scales in ONNX that it would have given before", async () => {
    const file = join(dir, "model.safetensors");
    await writeSafetensors(file, parameters, "int8");
    const [before, after] = [rounded(parameters), rounded(await readSafetensors(file))];
    expect(before.length).toBeGreaterThan(2 * 12);
    expect(after.map(({ name, dims }) => [name, dims])).toEqual(before.map(({ name, dims }) => [name, dims]));
    const differing = before.filter(({ bytes }, index) => after[index]?.bytes.equals(bytes) !== true);
    expect(differing.map(({ name }) => name)).toEqual([]);
  });
});

/** The integers that a network's layers become, and all that is computed beside them. */
function rounded(weights: Parameters) {
  const { graph } = onnxProto.onnx.ModelProto.decode(recordOnnx(documentGraph(config), weights, "int8"));
  const made = (graph?.initializer ?? []).filter(({ name }) => name?.startsWith("value_"));
  return made.flatMap(({ name, dims, dataType, rawData }) =>
    dataType === DataType.FLOAT16
      ? []
      : [{ name, dims: dims?.map(Number), bytes: Buffer.from(rawData ?? []) }],
  );
}

describe("toInt8", () => {
  const random = seededRandom(5);
  const data = Float32Array.from({ length: 12 }, (_, i) => (i < 4 ? 0 : random.normal()));

  it("is within half a step of every weight, output by output, one of zeros included", () => {
    const { values, scales } = toInt8({ shape: [3, 4], data });
    for (const [index, weight] of data.entries()) {
      const [row, column] = [Math.floor(index / 4), index % 4];
      const scale = scales[row] ?? Number.NaN;
      expect(Math.abs((values[column * 3 + row] ?? 0) * scale - weight)).toBeLessThanOrEqual(
        scale / 2 + 1e-6,
      );
    }
    expect(Math.max(...values.map(Math.abs))).toBe(127);
  });
});
