/** The document network for training: a pass a window of the text, with all its pairs. */
import { type DocumentInputName, documentFeeds, documentGraph } from "../document-graph.js";
import { viewMaker } from "../document-input.js";
import type { DocumentNetworkConfig } from "../document-network.js";
import type { ModelLabels } from "../labels.js";
import type { Learner } from "./learner.js";

/** The learner of these sizes; `maxPairs` bounds the pairs of one pass. */
export function documentLearner(
  config: DocumentNetworkConfig,
  labels: ModelLabels,
  maxPairs: number,
): Learner<DocumentInputName> {
  const { layers, hiddenSize, maxPositions } = config;
  return {
    plan: `${layers}x${hiddenSize}`,
    layers,
    network: documentGraph(config),
    passes: ({ document, task, candidates }, tokenizer) =>
      viewMaker(tokenizer, labels, task, { maxPositions, maxPairs })(document, candidates).map((view) => ({
        feeds: documentFeeds(view),
        candidates: view.candidates,
      })),
  };
}
