import { beforeAll, describe, expect, it } from "vitest";
import { onnxFp32Engine } from "../../../src/model/engines/onnx-engine.js";
import type { EncoderConfig } from "../../../src/model/networks/encoder-config.js";
import { pairBatches } from "../../../src/model/networks/pair-batches.js";
import { type PairInputName, pairGraph } from "../../../src/model/networks/pair-network.js";
import { type Feeds, mapInputs } from "../../../src/model/ops/network.js";
import type { Parameters } from "../../../src/model/ops/parameters.js";
import { loadPortableTensorflow, type TensorflowBackend } from "../../../src/model/ops/tensorflow.js";
import { tfjsOps } from "../../../src/model/ops/tfjs-ops.js";
import { TINY, TINY_ELECTRA, TINY_MPNET } from "../../support/tiny/tiny-network.js";
import { tinyBatch, tinyPairParameters } from "../../support/tiny/tiny-pair.js";

let backend: TensorflowBackend;
beforeAll(async () => {
  backend = await loadPortableTensorflow();
});

function tfjsLogits(config: EncoderConfig, parameters: Parameters, feeds: Feeds<PairInputName>) {
  const { tf } = backend;
  return tf
    .tidy(() => {
      const network = pairGraph(config);
      const weight = (name: string) => {
        const found = parameters.get(name);
        if (found === undefined) throw new Error(`no ${name}`);
        return tf.tensor(found.data, [...found.shape]);
      };
      const inputs = mapInputs(network, (name, { type }) =>
        tf.tensor(feeds[name].data, [...feeds[name].shape], type),
      );
      return network.build(tfjsOps(tf, { weight }), inputs);
    })
    .dataSync();
}

async function onnxLogits(config: EncoderConfig, parameters: Parameters, feeds: Feeds<PairInputName>) {
  const network = await onnxFp32Engine.load(pairGraph(config), parameters);
  try {
    return await network.logits(feeds);
  } finally {
    await network.dispose();
  }
}

describe("the pair network", { timeout: 60_000 }, () => {
  it.each([
    ["BERT", TINY],
    ["ELECTRA", TINY_ELECTRA],
    ["MPNet", TINY_MPNET],
  ])("gives the same logits in both executions on an encoder of %s's kind", async (_, config) => {
    const parameters = tinyPairParameters(2, config);
    const feeds = tinyBatch(3, [14, 9, 11]);
    const expected = tfjsLogits(config, parameters, feeds);
    const found = await onnxLogits(config, parameters, feeds);
    expect(found).toHaveLength(3 * 5);
    for (const [index, logit] of found.entries()) expect(logit).toBeCloseTo(expected[index] ?? Number.NaN, 4);
  });

  it.each([
    ["BERT", TINY],
    ["MPNet", TINY_MPNET],
  ])("answers for a sequence alone as in a batch that pads it (%s)", async (_, config) => {
    const parameters = tinyPairParameters(4, config);
    const sequences = [20, 7, 13].map((length, seed) => tinyBatch(seed, [length]).tokens.data as Int32Array);
    const [batch] = pairBatches(sequences, 0, 100);
    if (batch === undefined) throw new Error("no batch");
    expect(batch.members).toEqual([0, 2, 1]);
    const together = tfjsLogits(config, parameters, batch.feeds);
    for (const [row, member] of batch.members.entries()) {
      const alone = tfjsLogits(config, parameters, tinyBatch(member, [sequences[member]?.length ?? 0]));
      for (const [index, logit] of alone.entries()) expect(together[row * 5 + index]).toBeCloseTo(logit, 4);
    }
  });
});

describe("pairBatches", () => {
  it("holds each sequence once, the long ones together, within the budget", () => {
    const sequences = [5, 40, 7, 39, 6, 100].map((length) => new Int32Array(length).fill(1));
    const batches = [...pairBatches(sequences, 0, 80)];
    expect(batches.map(({ members }) => members)).toEqual([[5], [1, 3], [2, 4, 0]]);
    expect(batches.map(({ feeds }) => feeds.padding.shape)).toEqual([
      [1, 1, 1, 100],
      [2, 1, 1, 40],
      [3, 1, 1, 7],
    ]);
    expect([...(batches[2]?.feeds.tokens.data ?? [])]).toEqual(
      [1, 1, 1, 1, 1, 1, 1].concat([1, 1, 1, 1, 1, 1, 0], [1, 1, 1, 1, 1, 0, 0]),
    );
  });

  it("has none for no sequences", () => {
    expect([...pairBatches([], 0, 80)]).toEqual([]);
  });
});
