import { beforeAll, describe, expect, it } from "vitest";
import { onnxFp32Engine } from "../../../src/model/engines/onnx-engine.js";
import { documentFeeds, documentGraph } from "../../../src/model/networks/document-graph.js";
import { recordOnnx } from "../../../src/model/ops/onnx-ops.js";
import { loadPortableTensorflow, type TensorflowBackend } from "../../../src/model/ops/tensorflow.js";
import { GradientEngine } from "../../../src/model/training/gradient-engine.js";
import { PLAIN_LOSS } from "../../../src/model/training/relation-loss.js";
import { WeightStore } from "../../../src/model/training/weight-store.js";
import { TINY_MPNET, TINY_QUALIFIED, tinyParameters, tinyView } from "../../support/tiny/tiny-network.js";

let backend: TensorflowBackend;
beforeAll(async () => {
  backend = await loadPortableTensorflow();
});

const { classes } = TINY_MPNET;

describe("the columns of qualifiers", () => {
  it("stand behind the classes, which are as without them, and a network without is recorded as ever", async () => {
    const parameters = tinyParameters(3, TINY_QUALIFIED);
    const feeds = documentFeeds(tinyView(4, 20, 3));
    const logits = async (config: typeof TINY_MPNET) => {
      const network = await onnxFp32Engine.load(documentGraph(config), parameters);
      return network.logits(feeds).finally(() => network.dispose());
    };
    const [without, qualified] = [await logits(TINY_MPNET), await logits(TINY_QUALIFIED)];
    expect(qualified).toHaveLength(3 * (classes + 3 + 2));
    for (let pair = 0; pair < 3; pair++) {
      const own = qualified.subarray(pair * (classes + 5), pair * (classes + 5) + classes);
      for (const [index, logit] of own.entries()) {
        expect(logit).toBeCloseTo(without[pair * classes + index] ?? Number.NaN, 5);
      }
    }
    const file = (config: typeof TINY_MPNET) => recordOnnx(documentGraph(config), parameters, "fp32");
    const none = file({ ...TINY_MPNET, qualifiers: [] });
    expect(Buffer.from(none).equals(Buffer.from(file(TINY_MPNET)))).toBe(true);
  });
});

describe("the loss of qualifiers", () => {
  const feeds = documentFeeds(tinyView(1));
  const columns = (direction: readonly number[], novelty: readonly number[]) => [
    { outputs: 3, targets: direction },
    { outputs: 2, targets: novelty },
  ];
  const pass = (direction: readonly number[], novelty: readonly number[]) => ({
    feeds,
    targets: [1, 4, 0],
    qualifiers: columns(direction, novelty),
  });
  const anEngine = (parameters = tinyParameters(1, TINY_QUALIFIED), qualifierWeight = 0.5) =>
    new GradientEngine(backend.tf, documentGraph(TINY_QUALIFIED), new WeightStore(parameters), {
      ...PLAIN_LOSS,
      qualifierWeight,
    });
  const UNKNOWN = [-1, -1, -1];

  it("is that of the class where nothing is known, and only then their weights learn nothing", async () => {
    const plain = new GradientEngine(
      backend.tf,
      documentGraph(TINY_MPNET),
      new WeightStore(tinyParameters(1, TINY_MPNET)),
      PLAIN_LOSS,
    );
    const { loss } = await plain.gradients([{ feeds, targets: [1, 4, 0] }]);
    const unknown = await anEngine().gradients([pass(UNKNOWN, UNKNOWN)]);
    expect(unknown.loss).toBeCloseTo(loss, 5);
    expect(unknown.values.get("head.direction.weight")?.some((value) => value !== 0) ?? false).toBe(false);
    const known = await anEngine().gradients([pass([0, 2, -1], UNKNOWN)]);
    expect(known.loss).toBeGreaterThan(loss);
    expect(known.values.get("head.direction.weight")?.some((value) => value !== 0)).toBe(true);
    expect(known.values.get("head.novelty.weight")?.some((value) => value !== 0) ?? false).toBe(false);
  });

  it("is worked out from the logits of the pairs that are known, by their weight", async () => {
    const logits = (await anEngine().logits([feeds]))[0] ?? new Float32Array();
    const logLoss = (pair: number, begin: number, outputs: number, target: number) => {
      const from = pair * (classes + 5) + begin;
      const row = [...logits.subarray(from, from + outputs)];
      return Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0)) - (row[target] ?? 0);
    };
    const ofClasses = logLoss(0, 0, classes, 1) + logLoss(1, 0, classes, 4) + logLoss(2, 0, classes, 0);
    const ofQualifiers =
      logLoss(0, classes, 3, 2) + logLoss(1, classes, 3, 0) + logLoss(1, classes + 3, 2, 1);
    const { loss } = await anEngine(undefined, 0.25).gradients([pass([2, 0, -1], [-1, 1, -1])]);
    expect(loss).toBeCloseTo((ofClasses + 0.25 * ofQualifiers) / 3, 5);
  });

  it("has gradients that finite differences give, read twice or once, down into the encoder", async () => {
    const readings = { rows: [[0, 2], [1]], negatives: [0, 3] };
    const twice = { feeds, targets: [1, 4], readings, qualifiers: columns([1, 0], [0, -1]) };
    for (const labelled of [pass([2, 0, -1], [-1, 1, -1]), twice]) {
      const { values } = await anEngine().gradients([labelled]);
      const places = [
        ["head.direction.weight", 5],
        ["head.novelty.bias", 1],
        ["head.hidden.bias", 2],
        ["encoder.layer.0.output.dense.bias", 3],
      ] as const;
      for (const [name, place] of places) {
        const lossAt = async (shift: number) => {
          const parameters = tinyParameters(1, TINY_QUALIFIED);
          const data = parameters.get(name)?.data ?? new Float32Array();
          data[place] = (data[place] ?? 0) + shift;
          return (await anEngine(parameters).gradients([labelled])).loss;
        };
        const slope = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02;
        expect(values.get(name)?.[place], name).toBeCloseTo(slope, 3);
      }
    }
  });

  it("leaves the choice of a pair's strongest reading to its classes", async () => {
    // What is very sure of one reading or of the other is no relation.
    for (const seed of [1, 2, 3]) {
      const labelled = {
        feeds: documentFeeds(tinyView(seed)),
        targets: [1, 4],
        readings: { rows: [[0, 1], [2]], negatives: [0, 3] },
        qualifiers: columns([-1, -1], [-1, -1]),
      };
      const before = await anEngine().gradients([labelled]);
      for (const factor of [50, -50]) {
        const sure = tinyParameters(1, TINY_QUALIFIED);
        const data = sure.get("head.direction.weight")?.data ?? new Float32Array();
        for (const [index, value] of data.entries()) data[index] = factor * value;
        expect((await anEngine(sure).gradients([labelled])).loss).toBeCloseTo(before.loss, 5);
      }
    }
  });
});
