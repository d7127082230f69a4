import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentCandidates } from "../../src/core/candidate.js";
import type { Document } from "../../src/core/document.js";
import type { RelationTask } from "../../src/core/relation-task.js";
import { PAIR_TYPES } from "../../src/core/relation-types.js";
import { readEncoderConfig } from "../../src/model/encoder-config.js";
import { loadInitialParameters, networkConfig } from "../../src/model/initial-parameters.js";
import { modelLabels } from "../../src/model/labels.js";
import { writeModel } from "../../src/model/model-folder.js";
import { seededRandom } from "../../src/model/random.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { loadTokenizer } from "../../src/model/tokenizer.js";
import { samplePairs, toTrainingExample } from "../../src/model/training/examples.js";
import { plannedSteps, TRAINING_DEFAULTS, totalSteps } from "../../src/model/training/plan.js";
import { loadPortableTensorflow } from "../../src/model/training/tensorflow.js";
import {
  type TrainedNetwork,
  type TrainingRun,
  trainDocumentNetwork,
} from "../../src/model/training/trainer.js";
import { aDocument } from "../support/builders.js";
import { writeTinyCheckpoint } from "../support/tiny-checkpoint.js";

const TASK: RelationTask = {
  prompt: "BioRED",
  ownMarkers: false,
  noneClass: "None",
  pairTypes: PAIR_TYPES,
  scope: "document",
};
const LABELS = modelLabels([TASK]);

/** Documents whose relation can be told from one letter. */
function letterDocument(index: number): Document {
  const verb = index % 2 === 0 ? "x" : "z";
  return aDocument({
    pmid: `9009000${index}`,
    title: `ab ${verb} cd`,
    abstract: null,
    mentions: [
      { text: "ab", type: "Chemical", ids: ["D000001"] },
      { text: "cd", type: "Disease", ids: ["D000002"] },
    ],
    relations:
      index % 2 === 0
        ? [{ subject: "MESH:D000001", object: "MESH:D000002", type: "Positive_Correlation" }]
        : [],
  });
}

let dir: string;
let encoder: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-training-"));
  encoder = await writeTinyCheckpoint(join(dir, "encoder"));
});
afterAll(() => rm(dir, { recursive: true }));

async function aRun(
  name: string,
  stopAfter = Number.POSITIVE_INFINITY,
): Promise<TrainingRun & { losses: number[] }> {
  const tokenizer = await loadTokenizer(encoder);
  const config = networkConfig(await readEncoderConfig(encoder), LABELS.classes.length);
  const examples = Array.from({ length: 4 }, (_, index) =>
    toTrainingExample(letterDocument(index), TASK, LABELS),
  );
  const stop = new AbortController();
  const losses: number[] = [];
  return {
    losses,
    tf: (await loadPortableTensorflow()).tf,
    tokenizer,
    labels: LABELS,
    config,
    initial: await loadInitialParameters(encoder, tokenizer, config, LABELS, seededRandom(1)),
    phases: [{ name: "letters", epochs: 8, examples }],
    held: examples,
    settings: {
      ...TRAINING_DEFAULTS,
      batchDocuments: 2,
      learningRate: 1e-2,
      headFactor: 2,
      averageDecay: 0.5,
    },
    runDir: join(dir, name),
    checkpointSeconds: 1e9,
    signal: stop.signal,
    onProgress: ({ step, loss }) => {
      losses.push(loss);
      if (step === stopAfter) stop.abort();
    },
  };
}

describe("training", { timeout: 60_000 }, () => {
  let trained: TrainedNetwork;

  it("learns, and a run that was stopped and resumed ends where an uninterrupted one does", async () => {
    const run = await aRun("whole");
    const whole = await trainDocumentNetwork(run);
    trained = whole;
    expect(whole.held.typed.f1).toBe(1);
    const stopped = await aRun("halves", 7);
    await expect(trainDocumentNetwork(stopped)).rejects.toMatchObject({ code: "CANCELLED" });
    expect(stopped.losses).toHaveLength(7);
    const resumed = await aRun("halves");
    const halves = await trainDocumentNetwork(resumed);
    expect(resumed.losses).toHaveLength(16 - 7);
    for (const [name, { data }] of whole.parameters) {
      expect(halves.parameters.get(name)?.data, name).toEqual(data);
    }
    await expect(trainDocumentNetwork({ ...(await aRun("halves")), phases: [] })).rejects.toThrow(
      /another plan/,
    );
  });

  it("writes a folder that the released model's loader runs, with the answers that were learned", async () => {
    const out = join(dir, "model");
    const description = {
      id: "letters@1",
      network: "document" as const,
      encoder: "tiny",
      corpora: ["letters"],
      classes: [...LABELS.classes],
      specials: [...LABELS.specials],
      headSize: 16,
      ...trained.calibration,
    };
    await writeModel(out, encoder, description, trained.parameters);
    const classifier = await loadReleasedModel(out);
    try {
      expect(classifier.info).toMatchObject({ id: "letters@1", engine: "onnx" });
      for (const index of [0, 1, 2, 3]) {
        const { predictions, model } = await classifier.predict(letterDocument(index));
        expect(model).toBe("letters@1");
        expect(predictions.map(({ type }) => type)).toEqual([
          index % 2 === 0 ? "Positive_Correlation" : "None",
        ]);
      }
    } finally {
      await classifier.dispose();
    }
    const broken = join(dir, "broken");
    await cp(out, broken, { recursive: true });
    await rm(join(broken, "bioweft.json"));
    await expect(loadReleasedModel(broken)).rejects.toMatchObject({ code: "MODEL" });
    await expect(loadReleasedModel(out, { engine: "abacus" })).rejects.toThrow(/no engine "abacus".*onnx/);
  });

  it("keeps a curve", async () => {
    const lines = (await readFile(join(dir, "whole", "curve.jsonl"), "utf8")).trim().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ step: 16, held: { pair: { f1: 1 } } });
  });
});

describe("examples", () => {
  it("asks only for the pairs that the corpus annotates", () => {
    const document = aDocument();
    const example = toTrainingExample(document, { ...TASK, pairTypes: ["C-D"] }, LABELS);
    expect(example.candidates.map(({ pairType }) => pairType)).toEqual(["C-D"]);
    expect(example.targets).toEqual([LABELS.classes.indexOf("Negative_Correlation")]);
    expect(toTrainingExample(document, TASK, LABELS).candidates).toHaveLength(
      documentCandidates(document).length,
    );
  });

  it("keeps to pairs within a sentence where the corpus does", () => {
    const pairs = (scope: RelationTask["scope"]) =>
      toTrainingExample(aDocument(), { ...TASK, scope }, LABELS).candidates.map(
        ({ subject, object }) => `${subject.curie} ${object.curie}`,
      );
    expect(pairs("document")).toContain("MESH:D001241 NCBIGene:7157");
    expect(pairs("sentence")).not.toContain("MESH:D001241 NCBIGene:7157");
    expect(pairs("sentence")).toContain("MESH:D001241 NCBIGene:3569");
  });

  it("samples pairs without losing their classes", () => {
    const example = toTrainingExample(aDocument(), TASK, LABELS);
    const sample = samplePairs(example, 3, seededRandom(1));
    expect(sample.candidates).toHaveLength(3);
    for (const [index, candidate] of sample.candidates.entries()) {
      expect(sample.targets[index]).toBe(example.targets[example.candidates.indexOf(candidate)]);
    }
  });
});

describe("the plan", () => {
  const examples = Array.from({ length: 10 }, (_, index) =>
    toTrainingExample(letterDocument(index), TASK, LABELS),
  );
  const phases = [
    { name: "first", epochs: 2, examples },
    { name: "second", epochs: 1, examples: examples.slice(0, 4) },
  ];

  it("visits every document once an epoch", () => {
    const steps = [...plannedSteps(phases, TRAINING_DEFAULTS, 0)];
    expect(steps).toHaveLength(totalSteps(phases, TRAINING_DEFAULTS));
    const seen = steps.slice(0, 3).flatMap((step) => step.examples.map(({ document }) => document.pmid));
    expect(new Set(seen)).toEqual(new Set(examples.map(({ document }) => document.pmid)));
  });

  it("goes on the same from any step", () => {
    const steps = [...plannedSteps(phases, TRAINING_DEFAULTS, 0)];
    for (const from of [1, 4, 6])
      expect([...plannedSteps(phases, TRAINING_DEFAULTS, from)]).toEqual(steps.slice(from));
  });

  it("warms up, then falls towards 0", () => {
    const rates = [...plannedSteps([{ name: "a", epochs: 40, examples }], TRAINING_DEFAULTS, 0)].map(
      ({ rate }) => rate,
    );
    expect(Math.max(...rates)).toBeGreaterThan(0.95);
    expect(rates[0]).toBeLessThan(0.1);
    expect(rates.at(-1)).toBeLessThan(0.01);
  });
});
