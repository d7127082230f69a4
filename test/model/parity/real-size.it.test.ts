/**
 * A checkpoint as big as BERT-base, made here: the readers and both executions at the size that they are for.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { readCheckpointConfig } from "../../../src/model/checkpoints/checkpoint-config.js";
import { classifierShapes, encoderShapes } from "../../../src/model/checkpoints/expected-parameters.js";
import { readCheckpoint } from "../../../src/model/checkpoints/read-checkpoint.js";
import { writeSafetensors } from "../../../src/model/checkpoints/write-safetensors.js";
import type { Engine } from "../../../src/model/engines/engine.js";
import { onnxFp32Engine } from "../../../src/model/engines/onnx-engine.js";
import { tfjsNodeEngine } from "../../../src/model/engines/tfjs-node-engine.js";
import { pairFeeds } from "../../../src/model/networks/pair-batches.js";
import { pairGraph } from "../../../src/model/networks/pair-network.js";
import type { Parameter } from "../../../src/model/ops/parameters.js";

/** BERT-base, but for its vocabulary: a row of it is like any other. */
const CONFIG = {
  architectures: ["BertForSequenceClassification"],
  model_type: "bert",
  hidden_size: 768,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 3072,
  max_position_embeddings: 512,
  vocab_size: 2000,
  layer_norm_eps: 1e-12,
  hidden_act: "gelu",
  id2label: Object.fromEntries(Array.from({ length: 46 }, (_, id) => [id, `label ${id}`])),
};

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-base-"));
  await writeFile(join(dir, "config.json"), JSON.stringify(CONFIG));
  const config = await readCheckpointConfig(dir);
  const shapes = [...encoderShapes(config, CONFIG.max_position_embeddings), ...classifierShapes(config)];
  const weights = shapes.map(([name, shape], seed) => [name, randomParameter(name, shape.map(Number), seed)]);
  await writeSafetensors(join(dir, "model.safetensors"), new Map(weights as [string, Parameter][]), "fp32");
});
afterAll(() => rm(dir, { recursive: true }));

/** As transformers starts its weights: a deviation of 0.02; gains around 1. Repeats itself, to be made quickly. */
function randomParameter(name: string, shape: readonly number[], seed: number): Parameter {
  const random = seededRandom(seed);
  const centre = name.endsWith("LayerNorm.weight") ? 1 : 0;
  const some = Float32Array.from({ length: 10_007 }, () => centre + 0.02 * random.normal());
  const data = new Float32Array(shape.reduce((size, length) => size * length, 1));
  for (let at = 0; at < data.length; at += some.length) data.set(some.subarray(0, data.length - at), at);
  return { shape, data };
}

const native = (await tfjsNodeEngine.presence()).present;

describe("a checkpoint of BERT-base's size", { timeout: 180_000 }, () => {
  it.skipIf(!native)("has the same logits on onnx and on TensorFlow", async () => {
    const checkpoint = await readCheckpoint(dir);
    const count = [...checkpoint.parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
    expect(count).toBe(87_612_718);
    const random = seededRandom(5);
    const sequences = [48, 31].map((length) =>
      Int32Array.from({ length }, () => Math.floor(random.next() * CONFIG.vocab_size)),
    );
    const logitsOn = async (engine: Engine) => {
      const network = await engine.load(pairGraph(checkpoint.encoder), checkpoint.parameters);
      return network.logits(pairFeeds(sequences, 0)).finally(() => network.dispose());
    };
    const onnx = await logitsOn(onnxFp32Engine);
    const tensorflow = await logitsOn(tfjsNodeEngine);
    expect(onnx).toHaveLength(2 * 46);
    expect(Math.max(...onnx.map(Math.abs))).toBeGreaterThan(0.1);
    expect(
      Math.max(...onnx.map((logit, index) => Math.abs(logit - (tensorflow[index] ?? Number.NaN)))),
    ).toBeLessThan(1e-4);
  });
});
