/**
 * A pair model and its loaded network → a classifier that the other rooms can use: sequences, batches, decoding.
 */

import type { DocumentPredictions, Prediction, RelationClassifier } from "../core/prediction.js";
import type { RelationTask } from "../core/relation-task.js";
import { required } from "../core/required.js";
import { modelInfo } from "./answers/model-info.js";
import { pairDecoder } from "./answers/pair-decoding.js";
import { promptCalibration } from "./answers/prompt-calibration.js";
import { type Engine, fillsItself, type LoadedNetwork } from "./engines/engine.js";
import { type StoredPairModel, specialIds } from "./folder/pair-folder.js";
import { watchPasses } from "./inputs/between-passes.js";
import type { CompatForms } from "./inputs/compat-input.js";
import type { SequencesRecipe } from "./inputs/input-maker.js";
import { inputSource } from "./inputs/input-threads.js";
import { askedTask, DEFAULT_PROMPT } from "./inputs/labels.js";
import type { PairFilter, PairSequence } from "./inputs/pair-sequence.js";
import { type Prepared, readingAhead } from "./inputs/reading-ahead.js";
import { pairBatches } from "./networks/pair-batches.js";
import type { PairInputName } from "./networks/pair-network.js";

/** What the original tool reads of a text. */
const MAX_TOKENS = 512;
/** Documents whose pairs are sorted by length together, where a card takes many: some hundred pairs. */
const CARD_DOCUMENTS = 8;
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

/** Joins a stored pair model with its loaded network; `passRows` is its engine's. */
export async function pairClassifier(
  model: StoredPairModel,
  network: LoadedNetwork<PairInputName>,
  engine: Pick<Engine, "passRows">,
  options: PairOptions = {},
): Promise<RelationClassifier> {
  const { description, labels } = model;
  const { recipe, prompt } = question(model, options);
  const together = fillsItself(engine) ? 1 : CARD_DOCUMENTS;
  const inputs = await inputSource(recipe, together, options.wants);
  const decode = pairDecoder(labels, promptCalibration(description, prompt));
  return readingAhead({
    info: modelInfo(description, model.parameters, network.engine),
    together,
    make: (document) => inputs.make(document),
    async score(documents, asking) {
      const sequences = documents.flatMap(({ inputs: own }) => own);
      const afterPass = watchPasses(
        documents.map(({ document }) => document),
        sequences.map(({ candidate }) => candidate),
        asking,
      );
      const predictions: Prediction[] = [];
      const ids = sequences.map((sequence) => sequence.ids);
      for (const { members, feeds } of pairBatches(ids, PAD, engine.passRows)) {
        const logits = await network.logits(feeds);
        const read = members.map((member) => required(sequences[member], "a sequence of the pass").candidate);
        for (const [row, candidate] of read.entries()) {
          const scores = logits.subarray(row * labels.length, (row + 1) * labels.length);
          predictions[required(members[row], "a row's place")] = decode(candidate, scores);
        }
        await afterPass(read);
      }
      return byDocument(documents, predictions, description.id);
    },
    async dispose() {
      await inputs.dispose();
      await network.dispose();
    },
  });
}

/** How the model's pairs are asked, and the prompt whose calibration the answers have. */
function question(
  model: StoredPairModel,
  { forms = new Map(), task }: PairOptions,
): { readonly recipe: SequencesRecipe; readonly prompt: string } {
  const { description, encoder } = model;
  const asked = askedTask(description.specials, task);
  const compat = description.input === "compat";
  const recipe: SequencesRecipe = {
    makes: "sequences",
    dir: model.dir,
    maxTokens: Math.min(MAX_TOKENS, encoder.maxPositions),
    form: compat ? { kind: "compat", forms } : { kind: "clean", specials: specialIds(model), task: asked },
  };
  return { recipe, prompt: compat ? (task?.prompt ?? DEFAULT_PROMPT) : asked.prompt };
}

/** Answers of several documents, one after the other, as each document's own. */
function byDocument(
  documents: readonly Prepared<PairSequence>[],
  predictions: readonly Prediction[],
  model: string,
): DocumentPredictions[] {
  let begin = 0;
  return documents.map(({ document, inputs, unasked }) => {
    const end = begin + inputs.length;
    const answers = predictions.slice(begin, end);
    begin = end;
    const truncated = inputs.filter(({ lost }) => lost > 0).length;
    return {
      ...{ document, predictions: answers, model },
      ...(truncated === 0 ? {} : { truncated }),
      ...(unasked === 0 ? {} : { unasked }),
    };
  });
}
