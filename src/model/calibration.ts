/**
 * Fits a model's temperature and decision threshold on held-out documents (Guo et al. 2017). Never on the
 * documents that are reported.
 */
import type { Candidate } from "../core/candidate.js";
import type { Document } from "../core/document.js";
import { type Calibration, decodePrediction } from "./decoding.js";
import { type RelationScores, scoreRelations } from "./evaluation.js";

/** A held-out document with the raw logits of its candidates and the class each should have got. */
export interface ScoredDocument {
  readonly document: Document;
  readonly candidates: readonly Candidate[];
  readonly logits: readonly Float32Array[];
  readonly targets: readonly number[];
}

/** The temperature of least log loss, and at it the threshold of the best mean of pair and typed F1. */
export function fitCalibration(
  documents: readonly ScoredDocument[],
  classes: readonly string[],
): Calibration {
  const temperatures = Array.from({ length: 41 }, (_, step) => 0.5 * 1.05 ** step);
  const temperature = best(temperatures, (value) => -logLoss(documents, value));
  const thresholds = Array.from({ length: 33 }, (_, step) => 0.1 + 0.025 * step);
  const threshold = best(thresholds, (value) => {
    const scores = scoreAt(documents, classes, { temperature, threshold: value });
    return scores.pair.f1 + scores.typed.f1;
  });
  return { temperature: round(temperature), threshold: round(threshold) };
}

/** The scores of held-out documents under a calibration. */
export function scoreAt(
  documents: readonly ScoredDocument[],
  classes: readonly string[],
  calibration: Calibration,
): RelationScores {
  return scoreRelations(
    documents.map(({ document, candidates, logits }) => ({
      document,
      relations: candidates.flatMap((candidate, index) => {
        const row = logits[index];
        if (row === undefined) return [];
        const { type } = decodePrediction(candidate, row, classes, calibration);
        return type === "None"
          ? []
          : [{ subject: candidate.subject.curie, object: candidate.object.curie, type }];
      }),
    })),
  );
}

/** Mean negative log likelihood of the right class, in nats. */
function logLoss(documents: readonly ScoredDocument[], temperature: number): number {
  let sum = 0;
  let count = 0;
  for (const { logits, targets } of documents) {
    for (const [index, row] of logits.entries()) {
      const top = Math.max(...row);
      const total = row.reduce((acc, logit) => acc + Math.exp((logit - top) / temperature), 0);
      sum += Math.log(total) - ((row[targets[index] ?? 0] ?? 0) - top) / temperature;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

function best(values: readonly number[], quality: (value: number) => number): number {
  let [winner = 1] = values;
  let top = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    const found = quality(value);
    if (found > top) [winner, top] = [value, found];
  }
  return winner;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
