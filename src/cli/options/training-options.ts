/** The options that `bioweft train` and `bioweft reproduce` share, and how their values are read. */

import { join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { MATRIX_PRECISIONS, type MatrixPrecision, PACKAGE_ROOT } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import type { TrainingChoice } from "../../lab/training/run-training.js";
import { TENSORFLOWS, type TensorflowName } from "../../model/ops/tensorflow.js";
import { TRAINING_DEFAULTS, type TrainingSettings } from "../../model/training/plan.js";
import { DISTILLATION_DEFAULTS } from "../../model/training/teacher.js";
import { atLeastOne, belowOne, count, positive, share } from "./number-options.js";

/** Values of the options of `withLearningOptions`. */
export interface LearningOptions {
  readonly encoder: string;
  readonly seed: number;
  readonly limit?: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly layerDecay: number;
  readonly freeze: Pick<TrainingSettings, "freezeEmbeddings" | "freezeMarkers" | "freezeLayers">;
  readonly averageDecay: number;
  readonly backend: TensorflowName;
  readonly precision: MatrixPrecision;
  readonly checkpointSeconds: number;
}

/** Values of the options of `withTrainingOptions`. */
export interface TrainingOptions extends LearningOptions {
  readonly fraction: number;
  readonly focalGamma: number;
  readonly classWeights: string;
  readonly mentionDropout: number;
  readonly mentionPairs: number;
  readonly patience: number;
  readonly teacher?: string;
  readonly teacherShare: number;
  readonly teacherTemperature: number;
  readonly held: number;
  readonly heldOthers: number;
}

const DEFAULT_ENCODER = join(PACKAGE_ROOT, ".bioweft-tools/encoders/minilm-l6");
const NOTHING_FROZEN = { freezeEmbeddings: false, freezeMarkers: false, freezeLayers: 0 };

/** Adds the options that decide how an encoder learns, whatever it learns. */
export function withLearningOptions(command: Command): Command {
  const { seed, batchDocuments, learningRate } = TRAINING_DEFAULTS;
  return command
    .option(
      "--encoder <dir>",
      "checkpoint folder to start from, or a trained document model",
      DEFAULT_ENCODER,
    )
    .option("--seed <n>", "decides every random choice", count, seed)
    .option("--limit <n>", "documents of each corpus at most", atLeastOne)
    .option("--batch <n>", "documents an update; memory does not grow with them", atLeastOne, batchDocuments)
    .option("--learning-rate <x>", "peak rate of the encoder", positive, learningRate)
    .option("--layer-decay <x>", "each layer's rate, as a share of that of the layer above", share, 1)
    .option(
      "--freeze <parts>",
      "`embeddings`, `markers`, a number of lowest layers, or several: embeddings,4",
      frozenParts,
      NOTHING_FROZEN,
    )
    .option(
      "--average-decay <x>",
      "take a moving average of the weights, e.g. 0.999; 0: the last",
      belowOne,
      0,
    )
    .addOption(
      new Option(
        "--backend <name>",
        "TensorFlow on the CPU or on an NVIDIA card (gpu), any card through WebGPU, or plain JavaScript",
      )
        .choices([...TENSORFLOWS])
        .default("native"),
    )
    .addOption(
      new Option("--precision <name>", "of matrix products")
        .choices(MATRIX_PRECISIONS)
        .default(MATRIX_PRECISIONS[0]),
    )
    .option("--checkpoint-seconds <n>", "time between checkpoints", count, 300);
}

/** Values of the options of `withFolders`. */
export interface Folders {
  readonly run?: string;
  readonly out: string;
}

/** Adds the options that say where a run is kept, and where what it makes is written. */
export function withFolders(command: Command, product: string, out: string): Command {
  return command
    .option("--run <dir>", "folder for checkpoints and curves (default: OUT.run, beside what is written)")
    .option("--out <dir>", `folder for the ${product}`, out);
}

/** The absolute path of a run's folder: one for each product, so that no run is refused for another's sake. */
export function runFolder({ run, out }: Folders): string {
  return resolve(run ?? `${resolve(out)}.run`);
}

/** Adds the options that decide how a run learns relations, besides how its encoder learns. */
export function withTrainingOptions(command: Command): Command {
  const { share: teacherShare, temperature } = DISTILLATION_DEFAULTS;
  return withLearningOptions(command)
    .option("--focal-gamma <x>", "focus on hard pairs (focal loss), e.g. 2; 0: cross-entropy", positive, 0)
    .option("--class-weights <kind>", "none, sqrt, balanced, or a list: None=0.5,Bind=3", "none")
    .option("--mention-dropout <x>", "share of entities whose names are masked in a pass", share, 0)
    .option(
      "--mention-pairs <n>",
      "pairs of mentions at which the document network reads each pair; the strongest reading counts",
      atLeastOne,
      TRAINING_DEFAULTS.mentionPairs,
    )
    .option("--held <n>", "training documents of the task kept back: calibration, early stopping", count, 40)
    .option(
      "--held-others <n>",
      "documents of each other corpus kept back, a tenth at most: calibration of its prompt",
      count,
      40,
    )
    .option("--patience <n>", "epochs without a better held-out score that end it; 0: never", count, 0)
    .option("--teacher <dir>", "model folder whose answers on the task are learned beside the gold ones")
    .option("--teacher-share <x>", "the teacher's share of the loss", share, teacherShare)
    .option("--teacher-temperature <x>", "softens both before they are compared", positive, temperature);
}

/** The settings that the options of `withLearningOptions` decide; the rest as by default. */
export function toLearningSettings(options: LearningOptions): TrainingSettings {
  const { seed, batch, learningRate, layerDecay, averageDecay, freeze } = options;
  const chosen = { seed, batchDocuments: batch, learningRate, layerDecay, averageDecay };
  return { ...TRAINING_DEFAULTS, ...chosen, ...freeze };
}

/** The part of a run's choice that these options decide. Throws CONFIG for early stopping without held-out documents. */
export function toTrainingChoice(
  options: TrainingOptions,
): Pick<
  TrainingChoice,
  | (
      | "encoder"
      | "held"
      | "heldOthers"
      | "limit"
      | "fraction"
      | "settings"
      | "classWeights"
      | "teacher"
      | "distillation"
    )
  | ("backend" | "precision" | "checkpointSeconds")
> {
  const { encoder, held, heldOthers, limit, fraction, classWeights, teacher, backend, precision } = options;
  const { focalGamma, mentionDropout, mentionPairs, patience, teacherShare, teacherTemperature } = options;
  if (patience > 0 && held === 0) {
    throw new BioWeftError("CONFIG", "--patience goes by held-out documents; give --held more than 0");
  }
  if (teacherTemperature === 0) throw new BioWeftError("CONFIG", "--teacher-temperature must be above 0");
  return {
    encoder,
    held,
    heldOthers,
    ...(limit === undefined ? {} : { limit }),
    fraction,
    settings: { ...toLearningSettings(options), focalGamma, mentionDropout, mentionPairs, patience },
    classWeights,
    ...(teacher === undefined ? {} : { teacher }),
    distillation: { share: teacherShare, temperature: teacherTemperature },
    backend,
    precision,
    checkpointSeconds: options.checkpointSeconds,
  };
}

/** How often each named corpus is seen: `biored=2,drugprot=0.5`. */
export function parseWeights(text: string): ReadonlyMap<string, number> {
  const weights = text.split(",").map((part) => {
    const [name = "", value = ""] = part.split("=").map((word) => word.trim());
    const weight = Number(value);
    if (name === "" || value === "" || !(weight > 0) || weight === Number.POSITIVE_INFINITY) {
      throw new InvalidArgumentError("give corpora and how often each is seen: biored=2,drugprot=0.5");
    }
    return [name.toLowerCase(), weight] as const;
  });
  return new Map(weights);
}

function frozenParts(text: string): TrainingOptions["freeze"] {
  const parts = text.split(",").map((part) => part.trim());
  const layers = parts.find((part) => /^\d+$/.test(part));
  const known = ["embeddings", "markers", layers];
  if (new Set(parts).size < parts.length || parts.some((part) => !known.includes(part))) {
    throw new InvalidArgumentError(
      "give embeddings, markers, a number of layers, or several of them: embeddings,4",
    );
  }
  return {
    freezeEmbeddings: parts.includes("embeddings"),
    freezeMarkers: parts.includes("markers"),
    freezeLayers: Number(layers ?? 0),
  };
}
