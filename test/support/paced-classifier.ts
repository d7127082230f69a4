/**
 * The released model, held back before each document until a test lets it go: so that a test can look at a job
 * in the middle of its work.
 */
import { readConfig } from "../../src/core/config.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import { loadReleasedModel } from "../../src/model/released-model.js";

/** Loads the model; `pace` is awaited before each document, and told what calls it off. Dispose it. */
export async function loadPacedClassifier(
  pace: (signal: AbortSignal | undefined) => Promise<void>,
): Promise<RelationClassifier> {
  const model = await loadReleasedModel(readConfig().modelDir);
  return {
    ...model,
    predict: async (document, asking) => {
      await pace(asking?.signal);
      return model.predict(document, asking);
    },
  };
}
