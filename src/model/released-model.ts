/**
 * A model folder, of either network → a classifier that the other rooms can use: views, engine, decoding. The way in
 * for everyone but training.
 */
import { documentCandidates } from "../core/candidate.js";
import type { Document } from "../core/document.js";
import type { DocumentPredictions, Prediction, RelationClassifier } from "../core/prediction.js";
import { decodePrediction } from "./decoding.js";
import { type DocumentInputName, documentFeeds, documentGraph } from "./document-graph.js";
import { viewMaker } from "./document-input.js";
import type { LoadedNetwork } from "./engines/engine.js";
import { onnxEngine } from "./engines/onnx-engine.js";
import { presentEngine } from "./engines/registry.js";
import { DEFAULT_PROMPT, promptName } from "./labels.js";
import { readModel, type StoredModel } from "./model-folder.js";
import { modelInfo } from "./model-info.js";
import { type PairOptions, pairClassifier } from "./pair-classifier.js";
import { isPairFolder, readPairModel } from "./pair-folder.js";
import { pairGraph } from "./pair-network.js";
import { ALL_PAIRS } from "./pair-sequence.js";
import { loadTokenizer } from "./tokenizer.js";

/** Pairs asked in one pass: two marker rows a pair, so about 40 MB of scores at 500 tokens. */
const MAX_PAIRS = 800;

const BIORED_TASK = { prompt: DEFAULT_PROMPT, ownMarkers: false };

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
    return pairClassifier(model, network, options);
  }
  const model = await readModel(dir);
  const network = await chosen.load(documentGraph(model.config), model.parameters);
  return documentClassifier(model, network, options);
}

/** Joins a stored model with its loaded network. */
export async function documentClassifier(
  model: StoredModel,
  network: LoadedNetwork<DocumentInputName>,
  { task, wants = ALL_PAIRS }: Pick<LoadOptions, "task" | "wants"> = {},
): Promise<RelationClassifier> {
  const { description, config } = model;
  const tokenizer = await loadTokenizer(model.dir);
  const known = task !== undefined && description.specials.includes(promptName(task.prompt));
  const views = viewMaker(tokenizer, description, known ? task : BIORED_TASK, {
    maxPositions: config.maxPositions,
    maxPairs: MAX_PAIRS,
  });
  const predict = async (document: Document): Promise<DocumentPredictions> => {
    const predictions: Prediction[] = [];
    const candidates = documentCandidates(document).filter((candidate) => wants(candidate, document));
    for (const view of views(document, candidates)) {
      const logits = await network.logits(documentFeeds(view));
      for (const [row, candidate] of view.candidates.entries()) {
        const scores = logits.subarray(row * config.classes, (row + 1) * config.classes);
        predictions.push(decodePrediction(candidate, scores, description.classes, description));
      }
    }
    return { document, predictions, model: description.id };
  };
  return {
    info: modelInfo(model.description, model.parameters, network.engine),
    predict,
    dispose: () => network.dispose(),
  };
}
