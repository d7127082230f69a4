/**
 * Factors on the classes' losses: so that rare relation types are not drowned by pairs without a relation. Their
 * mean over the training pairs is 1, so that the learning rate keeps its meaning.
 */
import { BioWeftError } from "../../core/errors.js";
import { required } from "../../core/required.js";
import type { TrainingExample } from "./examples.js";

/** `none`; `balanced`: every class weighs the same in all; `sqrt`: half-way there. */
export const CLASS_WEIGHTINGS = ["none", "sqrt", "balanced"] as const;
type ClassWeighting = (typeof CLASS_WEIGHTINGS)[number];

const POWERS: Readonly<Record<ClassWeighting, number>> = { none: 0, sqrt: 0.5, balanced: 1 };

/** Weights from how often each of `classes` stands in the examples; a class that never does gets 1. */
export function countedWeights(
  weighting: ClassWeighting,
  classes: readonly string[],
  examples: readonly TrainingExample[],
): number[] {
  if (weighting === "none") return [];
  const counts = classes.map(() => 0);
  for (const { targets } of examples)
    for (const target of targets) counts[target] = (counts[target] ?? 0) + 1;
  const raw = counts.map((count) => (count === 0 ? 1 : count ** -POWERS[weighting]));
  const pairs = counts.reduce((sum, count) => sum + count, 0);
  const total = raw.reduce(
    (sum, weight, index) => sum + weight * required(counts[index], "the count of a class"),
    0,
  );
  return raw.map((weight, index) => (counts[index] === 0 ? 1 : (weight * pairs) / total));
}

/** Weights by name, `None=0.5,Bind=3`, the others 1. Throws CONFIG for another form or an unknown class. */
export function parseClassWeights(text: string, classes: readonly string[]): number[] {
  const weights = classes.map(() => 1);
  for (const part of text.split(",")) {
    const [name = "", value = ""] = part.split("=").map((word) => word.trim());
    const index = classes.indexOf(name);
    const weight = Number(value);
    if (index < 0 || value === "" || !(weight >= 0)) {
      const forms = `${CLASS_WEIGHTINGS.join(", ")}, or a list such as None=0.5,Bind=3`;
      throw new BioWeftError(
        "CONFIG",
        `class weights "${text}": "${part}" is no class and weight; give ${forms}; the classes are ${classes.join(", ")}`,
      );
    }
    weights[index] = weight;
  }
  return weights;
}
