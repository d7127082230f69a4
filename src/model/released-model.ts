/**
 * A model folder, of either network → a classifier that the other rooms can use: inputs, engine, decoding. The way in
 * for everyone but training.
 */
import type { RelationClassifier } from "../core/prediction.js";
import { documentClassifier } from "./document-classifier.js";
import { onnxEngine } from "./engines/onnx-engine.js";
import { presentEngine } from "./engines/registry.js";
import { readModel } from "./folder/model-folder.js";
import { isPairFolder, readPairModel } from "./folder/pair-folder.js";
import { pairGraph } from "./networks/pair-network.js";
import { type PairOptions, pairClassifier } from "./pair-classifier.js";
import { loadViewRunner } from "./view-runner.js";

/** How a model is loaded; of `PairOptions` a document model takes `wants`. */
export interface LoadOptions extends PairOptions {
  /** What it runs on. */
  readonly engine?: string;
}

/**
 * Loads a model folder. Throws MODEL where it is missing or broken, CONFIG for an engine that does not exist,
 * MISSING_DEPENDENCY for one that can't run here.
 * Dispose the classifier when done.
 */
export async function loadReleasedModel(
  dir: string,
  { engine = onnxEngine.name, ...options }: LoadOptions = {},
): Promise<RelationClassifier> {
  const chosen = await presentEngine(engine);
  if (await isPairFolder(dir)) {
    const model = await readPairModel(dir);
    const network = await chosen.load(pairGraph(model.encoder), model.parameters);
    return pairClassifier(model, network, chosen, options);
  }
  const model = await readModel(dir);
  return documentClassifier(model, await loadViewRunner(model, chosen), options);
}
