/**
 * Predictions with what is true → the probabilities that a model states: that a pair is related and that its answer
 * is right, for every pair, and that a relation is of its type, for every relation that the model asserts.
 */
import type { Prediction } from "../../core/prediction.js";
import type { StatedProbability } from "../../evaluation/reliability.js";

/** What was stated of one document's pairs. */
export interface ReliabilityCases {
  readonly related: readonly StatedProbability[];
  /** Of the type that is asserted, or that there is no relation: the confidence of Guo et al. 2017. */
  readonly answer: readonly StatedProbability[];
  readonly type: readonly StatedProbability[];
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
