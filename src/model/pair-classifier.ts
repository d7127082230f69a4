/**
 * A pair model and its loaded network → a classifier that the other rooms can use: sequences, batches, decoding.
 */

import type { Document } from "../core/document.js";
import type { DocumentPredictions, Prediction, RelationClassifier } from "../core/prediction.js";
import type { RelationTask } from "../core/relation-task.js";
import { cleanInput } from "./clean-input.js";
import { type CompatForms, compatInput } from "./compat-input.js";
import type { LoadedNetwork } from "./engines/engine.js";
import { promptName } from "./labels.js";
import { modelInfo } from "./model-info.js";
import { pairBatches } from "./pair-batches.js";
import { pairDecoder } from "./pair-decoding.js";
import { type StoredPairModel, specialId } from "./pair-folder.js";
import type { PairInputName } from "./pair-network.js";
import { ALL_PAIRS, type PairFilter } from "./pair-sequence.js";
import { loadTokenizer } from "./tokenizer.js";

/** What the original tool reads of a text. */
const MAX_TOKENS = 512;
/** Tokens in one pass, padding included, where the engine asks for no less: at BERT-base's size about 250 MB. */
const BATCH_TOKENS = 4096;
/** Any token will do: padding is masked. */
const PAD = 0;

/** How a pair model is used. */
export interface PairOptions {
  /** How the original tool's checkpoints are asked about each corpus's documents; as BioRED by default. */
  readonly forms?: CompatForms;
  /** The corpus as which a model of ours asks, where it was trained on it; BioRED by default. */
  readonly task?: Pick<RelationTask, "prompt" | "ownMarkers">;
  /** Which pairs are asked: all by default. */
  readonly wants?: PairFilter;
}

/** Joins a stored pair model with its loaded network. */
export async function pairClassifier(
  model: StoredPairModel,
  network: LoadedNetwork<PairInputName>,
  { forms = new Map(), task, wants = ALL_PAIRS }: PairOptions = {},
): Promise<RelationClassifier> {
  const { description, encoder, labels } = model;
  const known = task !== undefined && description.specials.includes(promptName(task.prompt));
  const tokenizer = await loadTokenizer(model.dir);
  const maxTokens = Math.min(MAX_TOKENS, encoder.maxPositions);
  const input =
    description.input === "compat"
      ? compatInput(tokenizer, forms, maxTokens)
      : cleanInput(tokenizer, (name) => specialId(model, name), maxTokens, known ? task : undefined);
  const decode = pairDecoder(labels, description);
  const predict = async (document: Document): Promise<DocumentPredictions> => {
    const sequences = input(document, wants);
    const batches = pairBatches(
      sequences.map(({ ids }) => ids),
      PAD,
      network.batchTokens ?? BATCH_TOKENS,
    );
    const predictions: Prediction[] = [];
    for (const { members, feeds } of batches) {
      const logits = await network.logits(feeds);
      for (const [row, member] of members.entries()) {
        const sequence = sequences[member];
        if (sequence === undefined) continue;
        const scores = logits.subarray(row * labels.length, (row + 1) * labels.length);
        predictions[member] = decode(sequence.candidate, scores);
      }
    }
    const truncated = sequences.filter(({ lost }) => lost > 0).length;
    return { document, predictions, model: description.id, ...(truncated === 0 ? {} : { truncated }) };
  };
  return {
    info: modelInfo(model.description, model.parameters, network.engine),
    predict,
    dispose: () => network.dispose(),
  };
}
