/**
 * Held-out documents: how good the network is on them at its best calibration, and when that has stopped getting
 * better. They are split off by document, so no pair of a document that was learned is among them.
 */

import { required } from "../../core/required.js";
import { BIORED_RULE, type RelationScores, type ScoringRule } from "../../evaluation/relation-scores.js";
import { fitCalibration, type ScoredDocument, scoreAt } from "../answers/calibration.js";
import { type Calibration, UNCALIBRATED } from "../answers/decoding.js";
import { decodeQualifiers } from "../answers/qualifiers.js";
import { strongestRows } from "../answers/strongest-reading.js";
import { qualifierOutputs } from "../inputs/labels.js";
import type { TrainingExample } from "./examples.js";
import type { GradientEngine } from "./gradient-engine.js";
import { examplePasses, type PassSettings, targetsOf } from "./training-passes.js";

/** A calibration with the scores of the documents that it was fitted on. */
export interface HeldOutScores {
  readonly calibration: Calibration;
  readonly scores: RelationScores;
}

/** Held-out examples of another corpus than the task, for the calibration of its prompt. */
export interface HeldPrompt {
  readonly prompt: string;
  /** How that corpus is scored. */
  readonly rule: ScoringRule;
  readonly examples: readonly TrainingExample[];
}

/** Scores the engine's best weights on held-out examples; without any the calibration is the neutral one. */
export async function scoreHeldOut<Name extends string>(
  engine: GradientEngine<Name>,
  held: readonly TrainingExample[],
  settings: PassSettings<Name>,
  rule: ScoringRule = BIORED_RULE,
): Promise<HeldOutScores> {
  const { classes } = settings;
  const documents: ScoredDocument[] = [];
  for (const example of held) documents.push(await scoredDocument(engine, example, settings));
  const calibration = documents.length === 0 ? UNCALIBRATED : fitCalibration(documents, classes, rule);
  return { calibration, scores: scoreAt(documents, classes, calibration, rule) };
}

/** What early stopping goes by: the mean of pair and typed F1. */
export function heldOutQuality({ pair, typed }: RelationScores): number {
  return (pair.f1 + typed.f1) / 2;
}

async function scoredDocument<Name extends string>(
  engine: GradientEngine<Name>,
  example: TrainingExample,
  settings: PassSettings<Name>,
): Promise<ScoredDocument> {
  const passes = examplePasses(example, settings);
  const logits = await engine.logits(passes.map(({ feeds }) => feeds));
  const classes = settings.classes.length;
  const { qualifiers = [] } = settings;
  const outputs = classes + qualifierOutputs(qualifiers);
  const rows = passes.flatMap((pass, index) =>
    pass.candidates.map((_, row) =>
      required(logits[index], "the logits of a pass").slice(row * outputs, (row + 1) * outputs),
    ),
  );
  const ofClasses = rows.map((row) => row.subarray(0, classes));
  const readings = passes.flatMap((pass) => pass.candidates);
  const strongest = strongestRows(readings, ofClasses, settings.classes);
  const candidates = [...strongest.keys()];
  return {
    document: example.document,
    candidates,
    logits: Array.from(strongest.values(), (row) => required(ofClasses[row], "the logits of a pair")),
    qualified: Array.from(strongest, ([candidate, row]) =>
      decodeQualifiers(
        candidate,
        required(rows[row], "the logits of a pair").subarray(classes),
        qualifiers,
        UNCALIBRATED,
      ),
    ),
    targets: targetsOf(example, candidates),
  };
}
