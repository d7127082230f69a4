import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { writePairModel } from "../../../src/model/folder/pair-folder.js";
import { readEncoderConfig } from "../../../src/model/networks/encoder-config.js";
import type { PairInputName } from "../../../src/model/networks/pair-network.js";
import { loadReleasedModel } from "../../../src/model/released-model.js";
import { GradientEngine } from "../../../src/model/training/gradient-engine.js";
import { loadPairParameters, pairLearner, pairSpecials } from "../../../src/model/training/pair-learner.js";
import { type TrainedNetwork, type TrainingRun, trainNetwork } from "../../../src/model/training/trainer.js";
import { examplePasses } from "../../../src/model/training/training-passes.js";
import { WeightStore } from "../../../src/model/training/weight-store.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";
import {
  aPhase,
  aTinyRun,
  letterDocument,
  TINY_LABELS,
  tinyExamples,
} from "../../support/tiny/tiny-training.js";

let dir: string;
let encoder: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-pair-learner-"));
  encoder = await writeTinyCheckpoint(join(dir, "encoder"));
});
afterAll(() => rm(dir, { recursive: true }));

const documents = [..."kmprtvwy"].map((letter, index) =>
  letterDocument(index, `${letter} ${(index % 2 === 0 ? "x " : "z ").repeat(12).trim()}`),
);

describe("the pair network's training", { timeout: 60_000 }, () => {
  let run: TrainingRun<PairInputName>;
  let trained: TrainedNetwork;

  it("gets eight documents by heart: loss near 0", async () => {
    const examples = tinyExamples(documents);
    const { reports: _, ...tiny } = await aTinyRun(encoder, join(dir, "heart"));
    const initial = await loadPairParameters(encoder, tiny.tokenizer, TINY_LABELS, seededRandom(1));
    const learner = pairLearner(await readEncoderConfig(encoder), TINY_LABELS, initial);
    run = { ...tiny, initial, learner, held: [], phases: [aPhase(examples, 8)] };
    trained = await trainNetwork(run);
    const engine = new GradientEngine(run.tf, learner.network, new WeightStore(trained.parameters));
    const passes = examples.flatMap((example) =>
      examplePasses(example, run).map(({ feeds }) => ({ feeds, targets: example.targets })),
    );
    expect((await engine.gradients(passes)).loss).toBeLessThan(0.1);
  });

  it("writes a checkpoint that the loader runs, with the answers that were learned", async () => {
    const out = join(dir, "model");
    const description = {
      ...{ id: "letters@1", network: "pair" as const, encoder: "tiny", corpora: ["letters"] },
      ...{ input: "clean" as const, specials: pairSpecials(TINY_LABELS), ...trained.calibration },
    };
    const config = await readEncoderConfig(encoder);
    const model = {
      description,
      encoder: config,
      labels: TINY_LABELS.classes,
      parameters: trained.parameters,
    };
    await writePairModel(out, encoder, model);
    const written = JSON.parse(await readFile(join(out, "config.json"), "utf8"));
    expect(written).toMatchObject({
      architectures: ["BertForSequenceClassification"],
      id2label: { 0: "None" },
    });
    const classifier = await loadReleasedModel(out);
    try {
      expect(classifier.info).toMatchObject({ id: "letters@1", network: "pair" });
      for (const [index, document] of documents.entries()) {
        const { predictions } = await classifier.predict(document);
        const expected = index % 2 === 0 ? "Positive_Correlation" : "None";
        expect(predictions.map(({ type }) => type)).toEqual([expected]);
      }
    } finally {
      await classifier.dispose();
    }
  });
});
