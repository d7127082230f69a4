/**
 * Where a training run begins and what it ends in, for either network: the learner, its first parameters, and the
 * model folder that is written.
 */
import { basename, resolve } from "node:path";
import { seededRandom } from "../../core/random.js";
import type { Calibration } from "../../model/answers/decoding.js";
import type { DescribedCalibrations } from "../../model/answers/prompt-calibration.js";
import { loadInitialParameters, networkConfig } from "../../model/folder/initial-parameters.js";
import { readModel, writeModel } from "../../model/folder/model-folder.js";
import { isPairFolder, writePairModel } from "../../model/folder/pair-folder.js";
import { DEFAULT_PROMPT, type ModelLabels } from "../../model/inputs/labels.js";
import type { DocumentInputName } from "../../model/networks/document-graph.js";
import type { DocumentNetworkConfig } from "../../model/networks/document-network.js";
import { readEncoderConfig } from "../../model/networks/encoder-config.js";
import type { PairInputName } from "../../model/networks/pair-network.js";
import type { Parameters } from "../../model/ops/parameters.js";
import type { WordPieceTokenizer } from "../../model/text/tokenizer.js";
import { continuedParameters } from "../../model/training/continued-start.js";
import { documentLearner } from "../../model/training/document-learner.js";
import type { Learner } from "../../model/training/learner.js";
import { withCorpusHeads, withoutCorpusHeads } from "../../model/training/methods.js";
import { loadPairParameters, pairLearner, pairSpecials } from "../../model/training/pair-learner.js";
import type { TrainingSettings } from "../../model/training/plan.js";
import type { TrainedNetwork } from "../../model/training/trainer.js";

/** What either begins with. */
interface StartChoice {
  /** Folder of the encoder, or of a trained document model to go on from. */
  readonly encoder: string;
  readonly tokenizer: WordPieceTokenizer;
  readonly labels: ModelLabels;
  readonly settings: Pick<TrainingSettings, "seed" | "maxPairs" | "mentionPairs">;
  /** Corpora that have a head of their own. */
  readonly heads: readonly { readonly name: string; readonly classes: readonly string[] }[];
}

/** What a written model says of itself. */
export interface ModelName {
  readonly id: string;
  readonly corpora: string[];
  /** The task's, to which its calibration belongs. */
  readonly prompt: string;
}

/** A run's beginning and end. */
export interface TrainingStart<Name extends string> {
  readonly learner: Learner<Name>;
  readonly initial: Parameters;
  /** Writes the model folder. */
  write(out: string, trained: TrainedNetwork, name: ModelName): Promise<void>;
}

/** The document network's beginning, with its sizes. */
type DocumentStart = TrainingStart<DocumentInputName> & { readonly config: DocumentNetworkConfig };

/** Starts the document network. */
export async function documentStart(choice: StartChoice): Promise<DocumentStart> {
  const { encoder, tokenizer, labels, settings, heads } = choice;
  // What is not a document model's folder is an encoder's, a pair model's included: of that only the encoder is taken.
  const trained = (await isPairFolder(encoder)) ? undefined : await readModel(encoder);
  const { description } = trained ?? {};
  const config = networkConfig(
    await readEncoderConfig(encoder),
    labels.classes.length,
    description?.headSize,
    labels.qualifiers,
  );
  const random = seededRandom(settings.seed);
  const initial =
    trained === undefined
      ? await loadInitialParameters(encoder, tokenizer, config, labels, random)
      : continuedParameters(trained, tokenizer, labels, random);
  return {
    config,
    learner: documentLearner(config, labels, settings),
    initial: withCorpusHeads(initial, heads, config, random),
    write: (out, { parameters, calibration, prompts }, { id, corpora, prompt }) => {
      const written = {
        id,
        network: "document" as const,
        encoder: description?.encoder ?? basename(resolve(encoder)),
        corpora,
        classes: [...labels.classes],
        specials: [...labels.specials],
        ...(labels.qualifiers === undefined ? {} : { qualifiers: [...labels.qualifiers] }),
        headSize: config.headSize,
        ...(settings.mentionPairs === 1 ? {} : { mentionPairs: settings.mentionPairs }),
        ...describedCalibrations(calibration, prompt, prompts),
      };
      return writeModel(out, encoder, written, withoutCorpusHeads(parameters));
    },
  };
}

/** BioRED's calibration stands for all prompts that have none; where BioRED was not learned, the task's does. */
function describedCalibrations(
  task: Calibration,
  taskPrompt: string,
  others: TrainedNetwork["prompts"],
): Calibration & DescribedCalibrations {
  const own = new Map([
    [taskPrompt, task],
    ...[...others].map(([name, { calibration }]) => [name, calibration] as const),
  ]);
  const everywhere = own.get(DEFAULT_PROMPT) ?? task;
  const prompts = Object.fromEntries([...own].filter(([, calibration]) => calibration !== everywhere));
  return { ...everywhere, ...(Object.keys(prompts).length === 0 ? {} : { prompts }) };
}

/** Starts the pair network. */
export async function pairStart(choice: StartChoice): Promise<TrainingStart<PairInputName>> {
  const { encoder: dir, tokenizer, labels, settings } = choice;
  const encoder = await readEncoderConfig(dir);
  const initial = await loadPairParameters(dir, tokenizer, labels, seededRandom(settings.seed));
  return {
    learner: pairLearner(encoder, labels, initial),
    initial,
    write: (out, { parameters, calibration, prompts }, { id, corpora, prompt }) => {
      const description = {
        id,
        network: "pair" as const,
        encoder: basename(resolve(dir)),
        corpora,
        input: "clean" as const,
        specials: pairSpecials(labels),
        ...describedCalibrations(calibration, prompt, prompts),
      };
      return writePairModel(out, dir, { description, encoder, labels: labels.classes, parameters });
    },
  };
}
