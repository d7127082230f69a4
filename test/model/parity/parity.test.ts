/**
 * Our networks against PyTorch: the checkpoints and answers of scripts/parity/make-fixtures.py.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Checkpoint, readCheckpoint } from "../../../src/model/checkpoints/read-checkpoint.js";
import type { Engine } from "../../../src/model/engines/engine.js";
import { onnxFp32Engine } from "../../../src/model/engines/onnx-engine.js";
import { tfjsEngine } from "../../../src/model/engines/tfjs-engine.js";
import { canonicalName } from "../../../src/model/networks/canonical-parameters.js";
import { pairFeeds } from "../../../src/model/networks/pair-batches.js";
import { type PairInputName, pairGraph } from "../../../src/model/networks/pair-network.js";
import { type Feeds, mapInputs } from "../../../src/model/ops/network.js";
import { loadPortableTensorflow } from "../../../src/model/ops/tensorflow.js";
import { type Tf, tfjsOps } from "../../../src/model/ops/tfjs-ops.js";
import { loadTokenizer } from "../../../src/model/text/tokenizer.js";
import { batchGradients, type LossItem } from "../../../src/model/training/batch-gradients.js";
import { WeightStore } from "../../../src/model/training/weight-store.js";
import { FAMILIES, PARITY, type ParityAnswers, parityAnswers } from "../../support/parity-fixtures.js";

/** Where the generator cuts a text. */
const MAX_TOKENS = 56;

/** Logits of all cases in one padded batch. */
async function logitsOf(engine: Engine, checkpoint: Checkpoint, answers: ParityAnswers): Promise<number[][]> {
  const network = await engine.load(pairGraph(checkpoint.encoder), checkpoint.parameters);
  try {
    const logits = await network.logits(feedsOf(answers));
    const classes = answers.labels.length;
    return answers.cases.map((_, row) => [...logits.subarray(row * classes, (row + 1) * classes)]);
  } finally {
    await network.dispose();
  }
}

function feedsOf({ cases }: ParityAnswers): Feeds<PairInputName> {
  return pairFeeds(
    cases.map(({ ids }) => Int32Array.from(ids)),
    0,
  );
}

describe("logits", { timeout: 60_000 }, () => {
  // From whichever format: read-checkpoint.test.ts holds all three to the same parameters, to the bit.
  it.each(FAMILIES)("of %s are PyTorch's on tfjs and onnx", async (family) => {
    const checkpoint = await readCheckpoint(join(PARITY, family));
    const answers = parityAnswers(family);
    for (const engine of [tfjsEngine, onnxFp32Engine]) {
      const found = await logitsOf(engine, checkpoint, answers);
      for (const [row, { logits }] of answers.cases.entries()) {
        for (const [index, logit] of logits.entries()) {
          expect(Math.abs((found[row]?.[index] ?? Number.NaN) - logit), engine.name).toBeLessThan(1e-4);
        }
      }
    }
  });
});

describe.each(FAMILIES)("%s", { timeout: 60_000 }, (family) => {
  const answers = parityAnswers(family);

  it("reads a text as Python's tokenizer does", async () => {
    const { tokenize, cls, sep } = await loadTokenizer(join(PARITY, family));
    for (const { text, ids } of answers.cases) {
      expect([cls, ...tokenize(text).ids.slice(0, MAX_TOKENS - 2), sep]).toEqual(ids);
    }
  });

  it("has PyTorch's loss and gradients, of every parameter", async () => {
    const { tf } = await loadPortableTensorflow();
    const checkpoint = await readCheckpoint(join(PARITY, family));
    const store = new WeightStore(checkpoint.parameters);
    const { loss, values } = await batchGradients(tf, store, [crossEntropy(tf, checkpoint, answers)]);
    expect(Math.abs(loss - answers.loss)).toBeLessThan(1e-4);
    const compared = new Set<string>();
    for (const [theirs, expected] of Object.entries(answers.gradients)) {
      const name = canonicalName(theirs, family);
      const gradient = [...(values.get(name) ?? [])];
      compared.add(name);
      expect(Math.abs(Math.hypot(...gradient) - expected.norm), `norm of ${name}`).toBeLessThan(1e-3);
      const sum = gradient.reduce((total, value) => total + value, 0);
      expect(Math.abs(sum - expected.sum), `sum of ${name}`).toBeLessThan(1e-3);
      const off = (expected.values ?? []).map((value, index) =>
        Math.abs((gradient[index] ?? Number.NaN) - value),
      );
      expect(Math.max(0, ...off), name).toBeLessThan(1e-3);
    }
    expect([...values.keys()].filter((name) => !compared.has(name))).toEqual([]);
  });
});

/** The mean cross-entropy of all cases, as one item of a batch. */
function crossEntropy(tf: Tf, { encoder }: Checkpoint, answers: ParityAnswers): LossItem {
  const feeds = feedsOf(answers);
  const network = pairGraph(encoder);
  const words = Int32Array.from(feeds.tokens.data);
  return {
    words,
    loss: ({ weight, wordRow }) => {
      const rows = words.map((word) => wordRow(word));
      const inputs = mapInputs(network, (name, { type }) =>
        tf.tensor(name === "tokens" ? rows : feeds[name].data, [...feeds[name].shape], type),
      );
      const logits = network.build(tfjsOps(tf, { weight }), inputs);
      const wanted = tf.oneHot(tf.tensor1d([...answers.targets], "int32"), answers.labels.length);
      return tf.mul(tf.sum(tf.mul(tf.logSoftmax(logits), wanted)), -1 / answers.targets.length);
    },
  };
}
