/**
 * A model on disk: `model.safetensors` (weights, or an index of their parts), `config.json`, `tokenizer.json`, `tokenizer_config.json` (the
 * encoder's own), and `bioweft.json` (labels, calibration, provenance). One folder, readable by any tool that
 * knows these formats.
 */
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "../../core/files/json-file.js";
import { calibrationFields, promptFields } from "../answers/prompt-calibration.js";
import { readWeights } from "../checkpoints/checkpoint-files.js";
import { MOST_FILE_BYTES, type StoredPrecision, writeWeights } from "../checkpoints/write-safetensors.js";
import { QUALIFIER_NAMES } from "../inputs/labels.js";
import type { DocumentNetworkConfig } from "../networks/document-network.js";
import { readEncoderConfig } from "../networks/encoder-config.js";
import type { Parameters } from "../ops/parameters.js";
import { writeTokenizerFiles } from "../text/tokenizer-files.js";
import { networkConfig } from "./initial-parameters.js";

const descriptionSchema = z.object({
  /** Name and version, written into every evidence row. */
  id: z.string().min(1),
  network: z.literal("document"),
  encoder: z.string(),
  corpora: z.array(z.string()),
  classes: z.array(z.string()),
  specials: z.array(z.string()),
  /** What it says of a related pair beside its type; an older model nothing. */
  qualifiers: z.exactOptional(z.array(z.enum(QUALIFIER_NAMES))),
  headSize: z.number().int().positive(),
  /** At how many pairs of mentions, the closest first, it reads a candidate; 1 where nothing is said. */
  mentionPairs: z.exactOptional(z.number().int().positive()),
  /** For BioRED's prompt, and for those that have none of their own. */
  ...calibrationFields,
  ...promptFields,
  /** F1 on BioRED Dev as the official scorer counts. */
  dev: z.exactOptional(z.object({ pair: z.number(), typed: z.number() })),
});

/** What `bioweft.json` says of a model. */
export type ModelDescription = z.infer<typeof descriptionSchema>;

/** A model as read from its folder. */
export interface StoredModel {
  readonly dir: string;
  readonly description: ModelDescription;
  readonly config: DocumentNetworkConfig;
  readonly parameters: Parameters;
}

/** How a model's weights are stored. */
interface WeightOptions {
  readonly precision?: StoredPrecision;
  /** Of one file; where the weights are more, they become several. */
  readonly mostBytes?: number;
}

const DESCRIPTION = "bioweft.json";

/** Reads `bioweft.json` alone; throws MODEL naming the file and what it lacks. */
export function readModelDescription(dir: string): Promise<ModelDescription> {
  const reason = "is no model description; give a folder that `bioweft train` wrote";
  return readJsonFile(join(dir, DESCRIPTION), descriptionSchema, reason);
}

/** Reads a whole model. Throws MODEL where it is broken, NOT_FOUND where it has no weights. */
export async function readModel(dir: string): Promise<StoredModel> {
  const description = await readModelDescription(dir);
  const encoder = await readEncoderConfig(dir);
  return {
    dir,
    description,
    config: networkConfig(encoder, description.classes.length, description.headSize, description.qualifiers),
    parameters: await readWeights(dir),
  };
}

/** Writes a model: its weights in a precision, the encoder's files from its folder. */
export async function writeModel(
  dir: string,
  encoderDir: string,
  description: ModelDescription,
  parameters: Parameters,
  { precision = "fp16", mostBytes = MOST_FILE_BYTES }: WeightOptions = {},
): Promise<void> {
  await mkdir(dir, { recursive: true });
  await copyFile(join(encoderDir, "config.json"), join(dir, "config.json"));
  await writeTokenizerFiles(encoderDir, dir);
  await writeWeights(dir, parameters, precision, mostBytes);
  await writeJsonFile(join(dir, DESCRIPTION), description);
}
