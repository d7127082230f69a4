/**
 * The learned ranker: a logistic regression over path counts by metapath, degrees, PageRank and believed paths, fitted on an
 * earlier slice of the user's own graph. Its explanation is what each feature contributes to the score.
 */
import { BioWeftError } from "../../core/errors.js";
import { required } from "../../core/required.js";
import { FEATURE_COUNT, featureReader, scaledFeature } from "./features.js";
import { FEATURE_FORMS, type FeatureWeight } from "./learned-weights.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** The log-odds of the regression; the numbers are each feature's share of it. Throws CONFIG without weights. */
export function learned(query: RankingQuery): RankerScores {
  const weights = query.options.weights;
  if (weights === undefined || weights.features.length !== FEATURE_FORMS.length * FEATURE_COUNT) {
    const reason =
      "the learned ranker has no weights for this question; fit them with `bioweft discovery fit`";
    throw new BioWeftError("CONFIG", reason);
  }
  const read = featureReader(query);
  const values = new Float64Array(FEATURE_COUNT);
  const scores = new Float64Array(query.view.size);
  for (const entity of query.candidates) {
    read(entity, values);
    let score = weights.intercept;
    for (const [index, feature] of weights.features.entries()) {
      score += contribution(feature, required(values[index % FEATURE_COUNT], "a feature's value"));
    }
    scores[entity] = score;
  }
  return {
    scores,
    numbers: (entity) => {
      read(entity, values);
      const parts: Record<string, number> = { intercept: weights.intercept };
      for (const [index, feature] of weights.features.entries()) {
        const part = contribution(feature, required(values[index % FEATURE_COUNT], "a feature's value"));
        if (part !== 0) parts[feature.name] = (parts[feature.name] ?? 0) + part;
      }
      return parts;
    },
  };
}

function contribution({ form, usual, mean, deviation, weight }: FeatureWeight, value: number): number {
  return weight === 0 ? 0 : (weight * (scaledFeature(form, value, usual) - mean)) / deviation;
}
