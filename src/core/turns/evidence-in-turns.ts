/**
 * A model's evidence made on a thread that answers others too: as evidence.ts makes it, some pairs at a time.
 */
import { type Evidence, predictionEvidence } from "../evidence.js";
import type { DocumentPredictions } from "../prediction.js";
import { inTurns } from "./in-turns.js";

/** Related pairs a step: a few milliseconds of looking for their sentences. */
const PAIRS_A_STEP = 50;

/** Evidence rows for everything the model found related in one document. */
export function predictedEvidence(predicted: DocumentPredictions): Promise<Evidence[]> {
  const related = predicted.predictions.filter(({ type }) => type !== "None");
  const steps = Array.from({ length: Math.ceil(related.length / PAIRS_A_STEP) }, (_, step) =>
    related.slice(step * PAIRS_A_STEP, (step + 1) * PAIRS_A_STEP),
  );
  return inTurns(steps, (predictions) => predictionEvidence({ ...predicted, predictions }));
}
