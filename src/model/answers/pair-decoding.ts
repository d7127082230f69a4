/**
 * Logits of the pair network → predictions. A calibrated model decides by its threshold, like the document network
 * (decoding.ts); one without calibration as the original tool does, by its strongest label.
 */

import { bioredClass } from "../../core/biorex/compat-labels.js";
import type { Candidate } from "../../core/candidate.js";
import type { Prediction } from "../../core/prediction.js";
import { isAllowed, type RelationType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import { type Calibration, decodePrediction, UNCALIBRATED } from "./decoding.js";

/** Decides about a candidate from its logits, given in the order of the model's labels. */
type PairDecoder = (candidate: Candidate, logits: Float32Array) => Prediction;

/** The decoder of a model with these labels, calibrated or not. */
export function pairDecoder(labels: readonly string[], calibration: Partial<Calibration>): PairDecoder {
  const classes = labels.map(bioredClass);
  const { temperature, threshold } = calibration;
  if (temperature !== undefined && threshold !== undefined) {
    return (candidate, logits) =>
      decodePrediction(candidate, logits, classes, { ...calibration, temperature, threshold });
  }
  return (candidate, logits) => {
    const prediction = decodePrediction(candidate, logits, classes, UNCALIBRATED);
    const type = legal(candidate, classes[strongest(logits)] ?? "None");
    return { ...prediction, type, probability: prediction.probabilities[type] };
  };
}

function legal({ pairType }: Candidate, type: RelationType | "None"): RelationType | "None" {
  return type === "None" || isAllowed(pairType, type) ? type : "Association";
}

function strongest(logits: Float32Array): number {
  return logits.reduce(
    (best, logit, index) => (logit > required(logits[best], "the best label's logit") ? index : best),
    0,
  );
}
