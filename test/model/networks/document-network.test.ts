import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoadedNetwork } from "../../../src/model/engines/engine.js";
import { onnxFp32Engine } from "../../../src/model/engines/onnx-engine.js";
import type { DocumentView } from "../../../src/model/inputs/document-input.js";
import {
  type DocumentInputName,
  documentFeeds,
  documentGraph,
} from "../../../src/model/networks/document-graph.js";
import type { Parameters } from "../../../src/model/ops/parameters.js";
import { loadPortableTensorflow, type TensorflowBackend } from "../../../src/model/ops/tensorflow.js";
import { uniqueWords } from "../../../src/model/training/batch-gradients.js";
import { GradientEngine } from "../../../src/model/training/gradient-engine.js";
import { WeightStore } from "../../../src/model/training/weight-store.js";
import { TINY, TINY_ELECTRA, TINY_MPNET, tinyParameters, tinyView } from "../../support/tiny/tiny-network.js";

let backend: TensorflowBackend;
let onnx: LoadedNetwork<DocumentInputName>;
beforeAll(async () => {
  backend = await loadPortableTensorflow();
  onnx = await onnxFp32Engine.load(documentGraph(TINY), tinyParameters());
});
afterAll(() => onnx.dispose());
const anEngine = (parameters: Parameters = tinyParameters(), config = TINY) =>
  new GradientEngine(backend.tf, documentGraph(config), new WeightStore(parameters));
const onnxLogits = (view: DocumentView) => onnx.logits(documentFeeds(view));

const BIAS = "encoder.relative_attention_bias.weight";
const WORDS = "embeddings.word_embeddings.weight";
const targets = [1, 4, 0];

describe("the document network", { timeout: 60_000 }, () => {
  it.each([
    [1, 12, 3],
    [2, 5, 1],
    [3, 30, 17],
  ])(
    "gives the same logits recorded to ONNX and computed by tfjs (seed %i, %i words, %i pairs)",
    async (seed, words, pairs) => {
      const view = tinyView(seed, words, pairs);
      const [expected] = await anEngine().logits([documentFeeds(view)]);
      const found = await onnxLogits(view);
      expect(found).toHaveLength(pairs * TINY.classes);
      for (const [index, logit] of found.entries())
        expect(logit).toBeCloseTo(expected?.[index] ?? Number.NaN, 4);
    },
  );

  it.each([
    ["ELECTRA", TINY_ELECTRA],
    ["MPNet", TINY_MPNET],
  ])("gives the same logits in both executions on an encoder of %s's kind", async (_, config) => {
    const view = tinyView(7, 30, 4);
    const parameters = tinyParameters(2, config);
    const [expected] = await anEngine(parameters, config).logits([documentFeeds(view)]);
    const engine = await onnxFp32Engine.load(documentGraph(config), parameters);
    const found = await engine.logits(documentFeeds(view));
    await engine.dispose();
    for (const [index, logit] of found.entries())
      expect(logit).toBeCloseTo(expected?.[index] ?? Number.NaN, 4);
  });

  it("does not let a pair's answer depend on the other pairs asked with it", async () => {
    const view = tinyView(4, 14, 6);
    const alone = {
      ...view,
      candidates: view.readings.slice(0, 1),
      markers: Int32Array.of(view.markers[0] ?? 0, view.markers[6] ?? 0),
      markerPositions: Int32Array.of(view.markerPositions[0] ?? 0, view.markerPositions[6] ?? 0),
      subjects: view.subjects.slice(0, 1),
      objects: view.objects.slice(0, 1),
      features: view.features.slice(0, view.features.length / 6),
    };
    const together = await onnxLogits(view);
    const single = await onnxLogits(alone);
    for (const [index, logit] of single.entries())
      expect(logit).toBeCloseTo(together[index] ?? Number.NaN, 4);
  });

  it("has the gradient of MPNet's position bias that finite differences give", async () => {
    const view = tinyView(5, 30);
    const pass = { feeds: documentFeeds(view), targets };
    const gradientsAt = (shift: number) => {
      const parameters = tinyParameters(2, TINY_MPNET);
      const bias = parameters.get(BIAS)?.data ?? new Float32Array();
      bias[2] = (bias[2] ?? 0) + shift;
      return anEngine(parameters, TINY_MPNET).gradients([pass]);
    };
    const slope = ((await gradientsAt(0.05)).loss - (await gradientsAt(-0.05)).loss) / 0.1;
    expect((await gradientsAt(0)).values.get(BIAS)?.[2]).toBeCloseTo(slope, 3);
    expect(Math.abs(slope)).toBeGreaterThan(0.005);
  });

  it("has the gradients that finite differences give", async () => {
    const view = tinyView(5);
    const pass = { feeds: documentFeeds(view), targets };
    const rows = uniqueWords([view.tokens]);
    const parameters = tinyParameters();
    const lossAt = async (name: string, index: number, shift: number): Promise<number> => {
      const moved = new Map(parameters);
      const weight = parameters.get(name);
      if (weight === undefined) throw new Error(name);
      const data = weight.data.slice();
      data[index] = (data[index] ?? 0) + shift;
      moved.set(name, { shape: weight.shape, data });
      return (await anEngine(moved).gradients([pass])).loss;
    };
    const { values: gradients } = await anEngine(parameters).gradients([pass]);
    const step = 1e-2;
    for (const name of [
      "special.weight",
      "encoder.layer.0.attention.self.query.weight",
      "encoder.layer.0.attention.self.key.weight",
      "encoder.layer.1.attention.self.value.weight",
      "encoder.layer.0.intermediate.dense.weight",
      "encoder.layer.1.output.LayerNorm.weight",
      "embeddings.LayerNorm.bias",
      "embeddings.position_embeddings.weight",
      "head.hidden.weight",
    ]) {
      const gradient = gradients.get(name) ?? new Float32Array();
      const index = gradient.reduce(
        (best, value, i) => (Math.abs(value) > Math.abs(gradient[best] ?? 0) ? i : best),
        0,
      );
      const slope = ((await lossAt(name, index, step)) - (await lossAt(name, index, -step))) / (2 * step);
      expect(gradient[index], name).toBeCloseTo(slope, 2);
      expect(Math.abs(slope), name).toBeGreaterThan(0.005);
    }
    const row = rows.indexOf(view.tokens[3] ?? -1);
    const index = row * TINY.hiddenSize;
    const slope =
      ((await lossAt(WORDS, (view.tokens[3] ?? 0) * TINY.hiddenSize, step)) -
        (await lossAt(WORDS, (view.tokens[3] ?? 0) * TINY.hiddenSize, -step))) /
      (2 * step);
    expect(gradients.get(WORDS)?.[index]).toBeCloseTo(slope, 2);
  });
});
