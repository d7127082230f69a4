/** What a run is made of: its examples, its calibration by prompt, its plan. Whole runs are training.it.test.ts's. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentCandidates } from "../../../src/core/candidate.js";
import { seededRandom } from "../../../src/core/random.js";
import type { RelationTask } from "../../../src/core/relation-task.js";
import { BIORED_RULE } from "../../../src/evaluation/relation-scores.js";
import { taughtExamples } from "../../../src/model/training/carried/carried-run.js";
import { samplePairs, toTrainingExample } from "../../../src/model/training/examples.js";
import { methodPhases } from "../../../src/model/training/methods.js";
import { planName, plannedSteps, TRAINING_DEFAULTS, totalSteps } from "../../../src/model/training/plan.js";
import { calibrated } from "../../../src/model/training/trainer.js";
import { aDocument } from "../../support/builders.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";
import {
  aPhase,
  aTinyRun,
  letterDocument,
  TINY_LABELS,
  TINY_TASK,
  tinyExamples,
} from "../../support/tiny/tiny-training.js";

let dir: string;
let encoder: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-training-"));
  encoder = await writeTinyCheckpoint(join(dir, "encoder"));
});
afterAll(() => rm(dir, { recursive: true }));

describe("examples", () => {
  it("asks only for the pairs that the corpus annotates", () => {
    const document = aDocument();
    const example = toTrainingExample(document, { ...TINY_TASK, pairTypes: ["C-D"] }, TINY_LABELS);
    expect(example.candidates.map(({ pairType }) => pairType)).toEqual(["C-D"]);
    expect(example.targets).toEqual([TINY_LABELS.classes.indexOf("Negative_Correlation")]);
    expect(toTrainingExample(document, TINY_TASK, TINY_LABELS).candidates).toHaveLength(
      documentCandidates(document).length,
    );
  });

  it("keeps to pairs within a sentence where the corpus does", () => {
    const pairs = (scope: RelationTask["scope"]) =>
      toTrainingExample(aDocument(), { ...TINY_TASK, scope }, TINY_LABELS).candidates.map(
        ({ subject, object }) => `${subject.curie} ${object.curie}`,
      );
    expect(pairs("document")).toContain("MESH:D001241 NCBIGene:7157");
    expect(pairs("sentence")).not.toContain("MESH:D001241 NCBIGene:7157");
    expect(pairs("sentence")).toContain("MESH:D001241 NCBIGene:3569");
  });

  it("samples pairs without losing their classes", () => {
    const example = toTrainingExample(aDocument(), TINY_TASK, TINY_LABELS);
    const sample = samplePairs(example, 3, seededRandom(1));
    expect(sample.candidates).toHaveLength(3);
    for (const [index, candidate] of sample.candidates.entries()) {
      expect(sample.targets[index]).toBe(example.targets[example.candidates.indexOf(candidate)]);
    }
  });
});

describe("calibrated", () => {
  it("fits every prompt that documents were kept back of, by its own score, if they relate anything", async () => {
    const run = await aTinyRun(encoder, join(dir, "prompts"));
    const unrelated = run.held.filter(({ document }) => document.relations.length === 0);
    const heldPrompts = [
      { prompt: "Letters", rule: BIORED_RULE, examples: run.held },
      { prompt: "Untyped", rule: { ...BIORED_RULE, typeOf: () => undefined }, examples: run.held },
      { prompt: "Empty", rule: BIORED_RULE, examples: unrelated },
    ];
    const { calibration, held, prompts } = await calibrated({ ...run, heldPrompts }, run.initial);
    expect([...prompts.keys()]).toEqual(["Letters", "Untyped"]);
    expect(prompts.get("Letters")).toEqual({ calibration, scores: held });
    expect(prompts.get("Untyped")?.scores.typed.predicted).toBe(0);
    expect(planName({ ...run, heldPrompts })).toContain(" held:4 held-Letters:4 ");
  });
});

describe("the plan", () => {
  const examples = tinyExamples(Array.from({ length: 10 }, (_, index) => letterDocument(index)));
  const phases = [aPhase(examples, 2), aPhase(examples.slice(0, 4), 1)];

  it("visits every document once an epoch", () => {
    const steps = [...plannedSteps(phases, TRAINING_DEFAULTS, 0)];
    expect(steps).toHaveLength(totalSteps(phases, TRAINING_DEFAULTS));
    const seen = steps.slice(0, 3).flatMap((step) => step.examples.map(({ document }) => document.pmid));
    expect(new Set(seen)).toEqual(new Set(examples.map(({ document }) => document.pmid)));
  });

  it("sees a corpus as often as its weight says, another half of it each epoch where that is a half", () => {
    const mixture = {
      name: "mixed",
      epochs: 2,
      sources: [
        { examples: examples.slice(0, 4), weight: 2 },
        { examples: examples.slice(4), weight: 0.5 },
      ],
    };
    const steps = [...plannedSteps([mixture], TRAINING_DEFAULTS, 0)];
    expect(steps.map(({ endsEpoch }) => endsEpoch)).toEqual([false, false, true, false, false, true]);
    const epochs = [steps.slice(0, 3), steps.slice(3)].map((epoch) =>
      epoch.flatMap((step) => step.examples.map((example) => examples.indexOf(example))).sort(),
    );
    for (const seen of epochs) {
      expect(seen.filter((index) => index < 4)).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
      expect(new Set(seen.filter((index) => index >= 4)).size).toBe(3);
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it("ends with the task, beside which the others may stay so that they are not forgotten", () => {
    const task = { name: "biored", examples: examples.slice(0, 4), weight: 2 };
    const other = { name: "drugprot", examples: examples.slice(4), weight: 1 };
    const sources = (lastWeights?: ReadonlyMap<string, number>) =>
      methodPhases("biorex", task, [other], { mixed: 1, task: 2 }, lastWeights).map((phase) =>
        phase.sources.map(({ examples: own, weight }) => [own.length, weight]),
      );
    const mixed = [
      [4, 2],
      [6, 1],
    ];
    expect(sources()).toEqual([mixed, [[4, 1]]]);
    const beside = [
      [4, 1],
      [6, 0.5],
    ];
    expect(sources(new Map([["drugprot", 0.5]]))).toEqual([mixed, beside]);
    // What is beside the task is not a teacher's matter, who answers the task's question.
    const ended = methodPhases("biorex", task, [other], { mixed: 1, task: 2 }, new Map([["drugprot", 0.5]]));
    expect(taughtExamples({ phases: ended, unlabelled: [] })).toEqual(task.examples);
  });

  it("goes on the same from any step", () => {
    const steps = [...plannedSteps(phases, TRAINING_DEFAULTS, 0)];
    for (const from of [1, 4, 6])
      expect([...plannedSteps(phases, TRAINING_DEFAULTS, from)]).toEqual(steps.slice(from));
  });

  it("warms up, then falls towards 0", () => {
    const rates = [...plannedSteps([aPhase(examples, 40)], TRAINING_DEFAULTS, 0)].map(({ rate }) => rate);
    expect(Math.max(...rates)).toBeGreaterThan(0.95);
    expect(rates[0]).toBeLessThan(0.1);
    expect(rates.at(-1)).toBeLessThan(0.01);
  });
});
