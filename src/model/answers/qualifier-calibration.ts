/**
 * Fits how sure a model may be of what it says beside the type: a temperature for direction and one for novelty, on
 * the related pairs of held-out documents of which an annotator said it (Guo et al. 2017).
 */
import type { Document } from "../../core/document.js";
import type { Prediction } from "../../core/prediction.js";
import { goldQualifiers } from "../../core/qualifiers/gold-qualifiers.js";
import { required } from "../../core/required.js";
import { QUALIFIER_NAMES, type QualifierName } from "../inputs/labels.js";
import { leastBetween } from "./fitted-numbers.js";
import { type QualifierTemperatures, qualifierPlace, qualifierRow } from "./qualifiers.js";

/** A document with predictions whose qualifiers were made at temperature 1. */
interface QualifiedDocument {
  readonly document: Document;
  readonly predictions: readonly Prediction[];
}

/** The temperatures that make the right outputs likeliest; none for what is not stated, or known of no pair. */
export function fitQualifiers(documents: readonly QualifiedDocument[]): QualifierTemperatures {
  const fitted = QUALIFIER_NAMES.flatMap((name) => {
    const cases = documents.flatMap((one) => knownCases(one, name));
    if (cases.length === 0) return [];
    // Drawn a little to temperature 1.
    const cost = (value: number) =>
      cases.reduce((total, one) => total + logLoss(one, Math.exp(value)), value ** 2 / 2);
    const temperature = Math.exp(leastBetween(Math.log(0.25), Math.log(8), cost));
    return [[`${name}Temperature`, Math.round(temperature * 1000) / 1000] as const];
  });
  return Object.fromEntries(fitted);
}

interface QualifierCase {
  readonly stated: readonly number[];
  /** The place of the output that is right. */
  readonly right: number;
}

function knownCases({ document, predictions }: QualifiedDocument, name: QualifierName): QualifierCase[] {
  const gold = goldQualifiers(document);
  return predictions.flatMap((prediction) => {
    const stated = qualifierRow(prediction, name);
    const right = qualifierPlace(prediction.candidate, gold, name);
    return stated === undefined || right === undefined ? [] : [{ stated, right }];
  });
}

function logLoss({ stated, right }: QualifierCase, temperature: number): number {
  const powers = stated.map((value) => Math.max(value, 1e-12) ** (1 / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return -Math.log(required(powers[right], "the answer that is right") / total);
}
