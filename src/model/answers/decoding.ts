/**
 * Logits → predictions: calibration, the merging of the corpora's own negatives into None, BioRED's rules about
 * which pair may carry which relation, and the decision.
 */

import type { Candidate } from "../../core/candidate.js";
import { BioWeftError } from "../../core/errors.js";
import type { Prediction } from "../../core/prediction.js";
import { isAllowed, isRelationType, RELATION_TYPES, type RelationType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import { requalified } from "./qualifiers.js";

/** How a model's outputs become decisions; fitted on held-out documents and kept in the checkpoint. */
export interface Calibration {
  /** Divides the log-odds of related against None; in a model without `typeTemperature`, every logit. */
  readonly temperature: number;
  /** A pair is related when the probability of all relation types together reaches this. */
  readonly threshold: number;
  /** Divides the types' logits among themselves: how sure to be of a type, given that the pair is related. */
  readonly typeTemperature?: number;
  /** Added to the log-odds of related, beside `typeTemperature`. */
  readonly shift?: number;
  /** Divide the logits of direction and of novelty; 1 where absent. */
  readonly directionTemperature?: number;
  readonly noveltyTemperature?: number;
}

/** Until something better is fitted. */
export const UNCALIBRATED: Calibration = { temperature: 1, threshold: 0.5 };

/** The probability of each type and of None. */
type Probabilities = Prediction["probabilities"];

/**
 * The prediction for one candidate from its logits, given in the order of `classes`. A type that the pair may
 * not carry counts as Association (as in the BioREx tool); every `None-…` class counts as None.
 */
export function decodePrediction(
  candidate: Candidate,
  logits: Float32Array,
  classes: readonly string[],
  calibration: Calibration,
): Prediction {
  const { temperature, typeTemperature, threshold } = calibration;
  if (typeTemperature === undefined) {
    return decide(candidate, mergedClasses(candidate, logits, classes, temperature), threshold);
  }
  const raw = mergedClasses(candidate, logits, classes, 1);
  return decide(candidate, calibrated(raw, calibration), threshold);
}

/**
 * The prediction as it would be under another calibration than the one it was made with. Exact where the first
 * has a `typeTemperature`; without, up to the share that classes of one meaning have in their sum.
 */
export function recalibrate(prediction: Prediction, from: Calibration, to: Calibration): Prediction {
  const raw = uncalibrated(prediction.probabilities, from);
  return {
    ...prediction,
    ...decide(prediction.candidate, calibrated(raw, to), to.threshold),
    ...requalified(prediction, from, to),
  };
}

/** Log-odds of related against None. Finite, as a probability that a float lost counts as the smallest. */
export function relatedLogOdds(probabilities: Probabilities): number {
  const related = RELATION_TYPES.reduce((sum, type) => sum + probabilities[type], 0);
  return logarithm(related) - logarithm(probabilities.None);
}

/**
 * A calibration with the decisions of another: the threshold that asserts the same pairs. Both need a
 * `typeTemperature`, as without one the types' share depends on the temperature; throws INTERNAL otherwise.
 */
export function withDecisionsOf(calibration: Calibration, decided: Calibration): Calibration {
  if (calibration.typeTemperature === undefined || decided.typeTemperature === undefined) {
    throw new BioWeftError("INTERNAL", "a calibration without a temperature of the type");
  }
  const stated = Math.log(decided.threshold / (1 - decided.threshold));
  const raw = (stated - (decided.shift ?? 0)) * decided.temperature;
  return { ...calibration, threshold: logistic(raw / calibration.temperature + (calibration.shift ?? 0)) };
}

/** The classes' softmax at a temperature, those of one meaning summed. */
function mergedClasses(
  candidate: Candidate,
  logits: Float32Array,
  classes: readonly string[],
  temperature: number,
): Probabilities {
  const probabilities = { ...NOTHING };
  const top = Math.max(...logits);
  const weights = Array.from(logits, (logit) => Math.exp((logit - top) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, name] of classes.entries()) {
    probabilities[legalClass(candidate, name)] += required(weights[index], "a class's weight") / total;
  }
  return probabilities;
}

function calibrated(raw: Probabilities, calibration: Calibration): Probabilities {
  const { temperature, typeTemperature, shift = 0 } = calibration;
  if (typeTemperature === undefined) return softened(raw, [...RELATION_TYPES, "None"], temperature, 1);
  const logOdds = relatedLogOdds(raw) / temperature + shift;
  return { ...softened(raw, RELATION_TYPES, typeTemperature, logistic(logOdds)), None: logistic(-logOdds) };
}

/** The network's own probabilities behind calibrated ones. */
function uncalibrated(made: Probabilities, calibration: Calibration): Probabilities {
  const { temperature, typeTemperature, shift = 0 } = calibration;
  if (typeTemperature === undefined) return softened(made, [...RELATION_TYPES, "None"], 1 / temperature, 1);
  const logOdds = (relatedLogOdds(made) - shift) * temperature;
  return {
    ...softened(made, RELATION_TYPES, 1 / typeTemperature, logistic(logOdds)),
    None: logistic(-logOdds),
  };
}

/** Divides the named classes' logits by a temperature, and shares `sum` among these classes. */
function softened(
  raw: Probabilities,
  names: readonly (RelationType | "None")[],
  temperature: number,
  sum: number,
): Probabilities {
  const logits = names.map((name) => (raw[name] === 0 ? Number.NEGATIVE_INFINITY : Math.log(raw[name])));
  const top = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp((logit - top) / temperature));
  const total = weights.reduce((acc, weight) => acc + weight, 0);
  const shares = names.map(
    (name, index) => [name, (sum * required(weights[index], "a type's weight")) / total] as const,
  );
  return { ...NOTHING, ...Object.fromEntries(shares) };
}

function decide(candidate: Candidate, probabilities: Probabilities, threshold: number): Prediction {
  const related = 1 - probabilities.None;
  const type = RELATION_TYPES.reduce((best, next) =>
    probabilities[next] > probabilities[best] ? next : best,
  );
  return related >= threshold
    ? { candidate, type, probability: probabilities[type], related, probabilities }
    : { candidate, type: "None", probability: probabilities.None, related, probabilities };
}

const NOTHING: Probabilities = {
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

function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function logarithm(probability: number): number {
  return Math.log(Math.max(probability, Number.MIN_VALUE));
}

function legalClass(candidate: Candidate, name: string): RelationType | "None" {
  if (!isRelationType(name)) return "None";
  return isAllowed(candidate.pairType, name) ? name : "Association";
}
