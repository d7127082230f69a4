/**
 * Held-out documents: how good the network is on them at its best calibration, and when that has stopped getting
 * better. They are split off by document, so no pair of a document that was learned is among them.
 */
import { fitCalibration, type ScoredDocument, scoreAt } from "../calibration.js";
import { type Calibration, UNCALIBRATED } from "../decoding.js";
import { documentFeeds } from "../document-graph.js";
import type { RelationScores } from "../evaluation.js";
import type { TrainingExample } from "./examples.js";
import type { GradientEngine } from "./gradient-engine.js";
import { exampleViews, type PassSettings, targetsOf } from "./training-passes.js";

/** A calibration with the scores of the documents that it was fitted on. */
export interface HeldOutScores {
  readonly calibration: Calibration;
  readonly scores: RelationScores;
}

/** Scores the engine's best weights on held-out examples; without any the calibration is the neutral one. */
export function scoreHeldOut(
  engine: GradientEngine,
  held: readonly TrainingExample[],
  settings: PassSettings,
): HeldOutScores {
  const { classes } = settings.labels;
  const documents = held.map((example) => scoredDocument(engine, example, settings));
  const calibration = documents.length === 0 ? UNCALIBRATED : fitCalibration(documents, classes);
  return { calibration, scores: scoreAt(documents, classes, calibration) };
}

/** What early stopping goes by: the mean of pair and typed F1. */
export function heldOutQuality({ pair, typed }: RelationScores): number {
  return (pair.f1 + typed.f1) / 2;
}

function scoredDocument(
  engine: GradientEngine,
  example: TrainingExample,
  settings: PassSettings,
): ScoredDocument {
  const views = exampleViews(example, settings);
  const logits = engine.logits(views.map(documentFeeds));
  const classes = settings.labels.classes.length;
  const candidates = views.flatMap((view) => view.candidates);
  return {
    document: example.document,
    candidates,
    logits: views.flatMap((view, index) =>
      view.candidates.map((_, row) =>
        (logits[index] ?? new Float32Array()).slice(row * classes, (row + 1) * classes),
      ),
    ),
    targets: targetsOf(example, candidates),
  };
}
