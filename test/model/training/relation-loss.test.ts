import { beforeAll, describe, expect, it } from "vitest";
import { documentFeeds, documentGraph } from "../../../src/model/networks/document-graph.js";
import { loadPortableTensorflow, type TensorflowBackend } from "../../../src/model/ops/tensorflow.js";
import { batchGradients } from "../../../src/model/training/batch-gradients.js";
import { GradientEngine } from "../../../src/model/training/gradient-engine.js";
import { type LossSettings, PLAIN_LOSS, relationItems } from "../../../src/model/training/relation-loss.js";
import { NOTHING_FROZEN, WeightStore } from "../../../src/model/training/weight-store.js";
import { TINY, tinyParameters, tinyView } from "../../support/tiny/tiny-network.js";

const PASSES = [tinyView(1), tinyView(2)].map((view) => ({ feeds: documentFeeds(view), targets: [1, 4, 0] }));
let backend: TensorflowBackend;
beforeAll(async () => {
  backend = await loadPortableTensorflow();
});

function anEngine(settings: LossSettings, frozen: (name: string) => boolean = NOTHING_FROZEN.frozen) {
  const store = new WeightStore(tinyParameters(), { frozen, averageDecay: 0 });
  return new GradientEngine(backend.tf, documentGraph(TINY), store, settings);
}

/** The loss worked out from the logits, without a tensor library. */
async function expectedLoss({ focalGamma, classWeights }: LossSettings): Promise<number> {
  let [sum, total] = [0, 0];
  const answers = await anEngine(PLAIN_LOSS).logits(PASSES.map(({ feeds }) => feeds));
  for (const [index, logits] of answers.entries()) {
    for (const [pair, target] of (PASSES[index]?.targets ?? []).entries()) {
      const row = [...logits.slice(pair * TINY.classes, (pair + 1) * TINY.classes)];
      const probability = Math.exp(row[target] ?? 0) / row.reduce((all, logit) => all + Math.exp(logit), 0);
      const weight = classWeights[target] ?? 1;
      sum -= weight * (1 - probability) ** focalGamma * Math.log(probability);
      total += weight;
    }
  }
  return sum / total;
}

describe("the loss of a batch", () => {
  it.each([
    ["plain cross-entropy", PLAIN_LOSS],
    ["focal", { focalGamma: 2, classWeights: [] }],
    ["weighted by class", { focalGamma: 0, classWeights: [0.2, 1, 1, 1, 3] }],
    ["both", { focalGamma: 1, classWeights: [0.2, 1, 1, 1, 3] }],
  ])("is the mean over its pairs: %s", async (_, settings) => {
    const { loss } = await anEngine(settings).gradients(PASSES);
    expect(loss).toBeCloseTo(await expectedLoss(settings), 5);
  });

  it("is of each pair's strongest reading alone", async () => {
    const { classes } = TINY;
    const negatives = [0, 3];
    const readings = { rows: [[0, 2], [1]], negatives };
    const passes = PASSES.map(({ feeds }) => ({ feeds, targets: [1, 4], readings }));
    const answers = await anEngine(PLAIN_LOSS).logits(PASSES.map(({ feeds }) => feeds));
    const rowOf = (logits: Float32Array, row: number) => [
      ...logits.slice(row * classes, (row + 1) * classes),
    ];
    const odds = (row: number[]) => {
      const sum = (negative: boolean) =>
        row.reduce(
          (all, logit, index) => all + (negatives.includes(index) === negative ? Math.exp(logit) : 0),
          0,
        );
      return sum(false) / sum(true);
    };
    const stronger = answers.map((logits) => (odds(rowOf(logits, 2)) > odds(rowOf(logits, 0)) ? 2 : 0));
    const only = (place: (index: number) => number) =>
      PASSES.map(({ feeds }, index) => ({
        ...{ feeds, targets: [1, 4] },
        readings: { rows: [[place(index), place(index)], [1]], negatives },
      }));
    const all = await anEngine(PLAIN_LOSS).gradients(passes);
    const few = await anEngine(PLAIN_LOSS).gradients(only((index) => stronger[index] ?? 0));
    const weaker = await anEngine(PLAIN_LOSS).gradients(only((index) => 2 - (stronger[index] ?? 0)));
    expect(weaker.loss).not.toBeCloseTo(few.loss, 3);
    expect(all.loss).toBeCloseTo(few.loss, 6);
    for (const [name, gradient] of all.values) {
      const wanted = few.values.get(name) ?? new Float32Array();
      for (const [index, value] of gradient.entries()) {
        expect(value, name).toBeCloseTo(wanted[index] ?? Number.NaN, 5);
      }
    }
  });

  it("has focal gradients that finite differences give", async () => {
    const settings = { focalGamma: 2, classWeights: [0.2, 1, 1, 1, 3] };
    const { values } = await anEngine(settings).gradients(PASSES);
    const lossAt = async (shift: number) => {
      const parameters = tinyParameters();
      const bias = parameters.get("head.output.bias")?.data ?? new Float32Array();
      bias[4] = (bias[4] ?? 0) + shift;
      const store = new WeightStore(parameters);
      return (await new GradientEngine(backend.tf, documentGraph(TINY), store, settings).gradients(PASSES))
        .loss;
    };
    const slope = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02;
    expect(Math.abs(slope)).toBeGreaterThan(0.01);
    expect(values.get("head.output.bias")?.[4]).toBeCloseTo(slope, 3);
  });

  it("takes the documents of a batch one by one: more of them need no more memory", async () => {
    const view = tinyView(1);
    const passes = Array.from({ length: 6 }, () => ({ feeds: documentFeeds(view), targets: [1, 4, 0] }));
    const items = relationItems(backend.tf, documentGraph(TINY), passes);
    const bytes: number[] = [];
    const watched = items.map((item) => ({
      ...item,
      loss: (...given: Parameters<typeof item.loss>) => {
        bytes.push(backend.tf.memory().numBytes);
        return item.loss(...given);
      },
    }));
    await batchGradients(backend.tf, new WeightStore(tinyParameters()), watched);
    // From the second on, once there is a sum of gradients: a scalar more each.
    expect(bytes.slice(2).map((now, index) => now - (bytes[index + 1] ?? 0))).toEqual([4, 4, 4, 4]);
  });

  it("works out no gradient of a frozen weight, and the same for the others", async () => {
    const frozen = (name: string) => /^(embeddings|encoder\.layer\.0)\./.test(name);
    const { values: all } = await anEngine(PLAIN_LOSS).gradients(PASSES);
    const { values: some } = await anEngine(PLAIN_LOSS, frozen).gradients(PASSES);
    expect([...some.keys()]).toEqual([...all.keys()].filter((name) => !frozen(name)));
    expect(some.size).toBeLessThan(all.size);
    for (const [name, gradient] of some) expect(gradient, name).toEqual(all.get(name));
  });
});
