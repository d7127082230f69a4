/**
 * Logits → predictions: calibration, the merging of the corpora's own negatives into None, BioRED's rules about
 * which pair may carry which relation, and the decision.
 */
import type { Candidate } from "../core/candidate.js";
import type { Prediction } from "../core/prediction.js";
import { isAllowed, isRelationType, RELATION_TYPES, type RelationType } from "../core/relation-types.js";

/** How a model's outputs become decisions; fitted on held-out documents and kept in the checkpoint. */
export interface Calibration {
  /** Logits are divided by this. */
  readonly temperature: number;
  /** A pair is related when the probability of all relation types together reaches this. */
  readonly threshold: number;
}

/** Until something better is fitted. */
export const UNCALIBRATED: Calibration = { temperature: 1, threshold: 0.5 };

/**
 * The prediction for one candidate from its logits, given in the order of `classes`. A type that the pair may
 * not carry counts as Association (as in the BioREx tool); every `None-…` class counts as None.
 */
export function decodePrediction(
  candidate: Candidate,
  logits: Float32Array,
  classes: readonly string[],
  { temperature, threshold }: Calibration,
): Prediction {
  const probabilities: Record<RelationType | "None", number> = {
    None: 0,
    Association: 0,
    Bind: 0,
    Comparison: 0,
    Conversion: 0,
    Cotreatment: 0,
    Drug_Interaction: 0,
    Negative_Correlation: 0,
    Positive_Correlation: 0,
  };
  const top = Math.max(...logits);
  const weights = Array.from(logits, (logit) => Math.exp((logit - top) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, name] of classes.entries()) {
    probabilities[legalClass(candidate, name)] += (weights[index] ?? 0) / total;
  }
  const related = 1 - probabilities.None;
  const type = RELATION_TYPES.reduce((best, next) =>
    probabilities[next] > probabilities[best] ? next : best,
  );
  return related >= threshold
    ? { candidate, type, probability: probabilities[type], related, probabilities }
    : { candidate, type: "None", probability: probabilities.None, related, probabilities };
}

function legalClass(candidate: Candidate, name: string): RelationType | "None" {
  if (!isRelationType(name)) return "None";
  return isAllowed(candidate.pairType, name) ? name : "Association";
}
