/** The document network for training: a pass a window of the text, with all its pairs. */

import { viewMaker } from "../inputs/document-input.js";
import type { ModelLabels } from "../inputs/labels.js";
import { type DocumentInputName, documentFeeds, documentGraph } from "../networks/document-graph.js";
import type { DocumentNetworkConfig } from "../networks/document-network.js";
import type { Learner } from "./learner.js";
import type { TrainingSettings } from "./plan.js";

/** The learner of these sizes; at most `maxPairs` candidates go in one pass, each read at its closest `mentionPairs`. */
export function documentLearner(
  config: DocumentNetworkConfig,
  labels: ModelLabels,
  { maxPairs, mentionPairs }: Pick<TrainingSettings, "maxPairs" | "mentionPairs">,
): Learner<DocumentInputName> {
  const { layers, hiddenSize, maxPositions } = config;
  // The readings of a candidate stay together, as one of them is learned from.
  const limits = { maxPositions, maxRows: maxPairs * mentionPairs, mentionPairs };
  return {
    plan: [`${layers}x${hiddenSize}`, ...(config.qualifiers ?? [])].join("+"),
    layers,
    network: documentGraph(config),
    passes: ({ document, task, candidates }, tokenizer) =>
      viewMaker(
        tokenizer,
        labels,
        task,
        limits,
      )(document, candidates).map((view) => ({
        feeds: documentFeeds(view),
        candidates: view.readings.map(({ candidate }) => candidate),
      })),
  };
}
