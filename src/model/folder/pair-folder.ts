/**
 * A pair model on disk: a checkpoint folder of a sequence classifier, either as the BioREx authors publish theirs or
 * one of ours, whose `bioweft.json` says how its input is made and how its answers are calibrated.
 */
import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { readJsonFile, writeJsonFile } from "../../core/files/json-file.js";
import { classifierLabels } from "../answers/pair-labels.js";
import { optionalCalibrationFields, promptFields } from "../answers/prompt-calibration.js";
import { readCheckpoint } from "../checkpoints/read-checkpoint.js";
import { writeWeights } from "../checkpoints/write-safetensors.js";
import { publishedParameters } from "../networks/canonical-parameters.js";
import type { EncoderConfig, EncoderFamily } from "../networks/encoder-config.js";
import { type Parameters, parameter } from "../ops/parameters.js";

const DESCRIPTION = "bioweft.json";
const WORDS = "embeddings.word_embeddings.weight";
const TOKENIZER_FILES = [
  "tokenizer.json",
  "tokenizer_config.json",
  "special_tokens_map.json",
  "added_tokens.json",
  "vocab.txt",
];
/** What transformers calls a classifier on each family. */
const ARCHITECTURES: Readonly<Record<EncoderFamily, string>> = {
  bert: "BertForSequenceClassification",
  electra: "ElectraForSequenceClassification",
  mpnet: "MPNetForSequenceClassification",
};
/** All that is asked of a description whose network is not yet known. */
const kind = z.object({ network: z.string().optional() });
const UNREADABLE = "is no model description; copy the folder again";
const schema = z.object({
  /** Name and version, written into every evidence row. */
  id: z.string().min(1),
  network: z.literal("pair"),
  encoder: z.string(),
  corpora: z.array(z.string()),
  /** As the original tool writes it (compat-input.ts), or ours (clean-input.ts). */
  input: z.enum(["compat", "clean"]),
  /** Names of the last rows of the word table; only the clean input has such. */
  specials: z.array(z.string()).default([]),
  /** All absent: not calibrated, and decided as the original tool does. */
  ...optionalCalibrationFields,
  ...promptFields,
  /** F1 on BioRED Dev as the official scorer counts. */
  dev: z.exactOptional(z.object({ pair: z.number(), typed: z.number() })),
});

/** What is known of a pair model beside its weights. */
type PairDescription = z.infer<typeof schema>;

/** A pair model as read from its folder. */
export interface StoredPairModel {
  readonly dir: string;
  readonly description: PairDescription;
  readonly encoder: EncoderConfig;
  /** Labels of the classifier's outputs, not yet in BioRED's terms. */
  readonly labels: readonly string[];
  readonly parameters: Parameters;
}

/** Whether a folder holds a pair model: its `bioweft.json` says so, or there is none but a checkpoint's config.json. */
export async function isPairFolder(dir: string): Promise<boolean> {
  const file = join(dir, DESCRIPTION);
  if (!existsSync(file)) return existsSync(join(dir, "config.json"));
  return (await readJsonFile(file, kind, UNREADABLE)).network === "pair";
}

/** Reads a folder. Throws MODEL where it is broken or holds no classifier, NOT_FOUND where it holds no weights. */
export async function readPairModel(dir: string): Promise<StoredPairModel> {
  const { encoder, labels, parameters } = await readCheckpoint(dir);
  if (labels === undefined) {
    const reason = "is an encoder without a classifier; train one on it with `bioweft train`";
    throw new BioWeftError("MODEL", reason, { place: { file: dir } });
  }
  return {
    dir,
    description: await readDescription(dir, encoder),
    encoder,
    labels: classifierLabels(labels),
    parameters,
  };
}

/** Writes a model beside the files of the encoder that it began with: a checkpoint that transformers reads too. */
export async function writePairModel(
  dir: string,
  encoderDir: string,
  { description, encoder, labels, parameters }: Omit<StoredPairModel, "dir">,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const name of TOKENIZER_FILES) {
    if (existsSync(join(encoderDir, name))) await copyFile(join(encoderDir, name), join(dir, name));
  }
  const reason = "is no config.json of an encoder; give the folder of one";
  const classifier = {
    ...(await readJsonFile(join(encoderDir, "config.json"), z.looseObject({}), reason)),
    architectures: [ARCHITECTURES[encoder.family]],
    vocab_size: parameter(parameters, WORDS).shape[0],
    id2label: Object.fromEntries(labels.map((label, id) => [id, label])),
    label2id: Object.fromEntries(labels.map((label, id) => [label, id])),
  };
  await writeJsonFile(join(dir, "config.json"), classifier);
  await writeWeights(dir, publishedParameters(parameters, encoder), "fp16");
  await writeJsonFile(join(dir, DESCRIPTION), description);
}

/** The ids of a model's special entries, which are the last of its word table. */
export function specialIds({ description, parameters }: StoredPairModel): Map<string, number> {
  const [rows = 0] = parameter(parameters, WORDS).shape;
  const first = rows - description.specials.length;
  return new Map(description.specials.map((name, index) => [name, first + index]));
}

/** What `bioweft.json` says, or, without one, what an official checkpoint is. */
async function readDescription(dir: string, encoder: EncoderConfig): Promise<PairDescription> {
  const file = join(dir, DESCRIPTION);
  if (!existsSync(file)) {
    return {
      id: basename(resolve(dir)),
      network: "pair",
      encoder: `${encoder.family}, ${encoder.layers} layers of ${encoder.hiddenSize}`,
      corpora: [],
      input: "compat",
      specials: [],
    };
  }
  return readJsonFile(file, schema, "is no description of a pair model; train the model anew");
}
