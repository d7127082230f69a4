/**
 * Predictions with what is true → the probabilities that a model states: that a pair is related and that its answer
 * is right, for every pair, and that a relation is of its type, for every relation that the model asserts.
 */
import { pairKey } from "../../core/candidate.js";
import type { Document } from "../../core/document.js";
import type { Prediction } from "../../core/prediction.js";
import { goldQualifiers } from "../../core/qualifiers/gold-qualifiers.js";
import type { StatedProbability } from "../../evaluation/reliability.js";

/** What was stated of one document's pairs. */
export interface ReliabilityCases {
  readonly related: readonly StatedProbability[];
  /** Of the type that is asserted, or that there is no relation: the confidence of Guo et al. 2017. */
  readonly answer: readonly StatedProbability[];
  readonly type: readonly StatedProbability[];
}

/** What was stated beside the type of one document's asserted relations, where the pair is related and it is known. */
export interface QualifierCases {
  readonly direction: readonly StatedProbability[];
  readonly novelty: readonly StatedProbability[];
}

/** Of each asserted relation which end acts and whether it is new, with whether that is right. */
export function qualifierCases(document: Document, predictions: readonly Prediction[]): QualifierCases {
  const gold = goldQualifiers(document);
  const known = predictions.flatMap(({ type, candidate, direction, novelty }) => {
    const of = gold.get(pairKey(candidate.subject.curie, candidate.object.curie));
    return type === "None" || of === undefined ? [] : [{ of, direction, novelty }];
  });
  return {
    direction: known.flatMap(({ of, direction }) =>
      of.subject === undefined || direction === undefined
        ? []
        : [{ probability: direction.probability, right: direction.subject === of.subject }],
    ),
    novelty: known.flatMap(({ of, novelty }) =>
      of.novel === undefined || novelty === undefined
        ? []
        : [{ probability: novelty.probability, right: novelty.novel === of.novel }],
    ),
  };
}

/** `truths[i]` is what `predictions[i]` should have said. */
export function reliabilityCases(
  predictions: readonly Pick<Prediction, "type" | "probability" | "related">[],
  truths: readonly Prediction["type"][],
): ReliabilityCases {
  return {
    related: predictions.map(({ related }, index) => ({
      probability: related,
      right: (truths[index] ?? "None") !== "None",
    })),
    answer: predictions.map(({ type, probability }, index) => ({
      probability,
      right: (truths[index] ?? "None") === type,
    })),
    type: predictions.flatMap(({ type, probability }, index) =>
      type === "None" ? [] : [{ probability, right: truths[index] === type }],
    ),
  };
}
