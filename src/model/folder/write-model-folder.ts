/**
 * Model folders from checkpoint folders: an import (any format in, BioWeft's folder out) and an export (safetensors
 * in another precision). Weights get the names and layout that transformers reads; what is no weight is copied.
 */
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { BioWeftError } from "../../core/errors.js";
import { writeJsonFile } from "../../core/files/json-file.js";
import { type Checkpoint, readCheckpoint } from "../checkpoints/read-checkpoint.js";
import { type StoredPrecision, writeWeights } from "../checkpoints/write-safetensors.js";
import { publishedParameters } from "../networks/canonical-parameters.js";
import type { EncoderConfig } from "../networks/encoder-config.js";
import { type Parameters, parameter } from "../ops/parameters.js";
import { readTokenizerFiles, writeTokenizerFiles } from "../text/tokenizer-files.js";
import { readModel, readModelDescription } from "./model-folder.js";

/** What else belongs to a model: its description and card, and the settings of its encoder and tokenizer. */
const COPIED =
  /^((bioweft|config|special_tokens_map|added_tokens)\.json|vocab\.txt|README\.md|(LICEN[CS]E|NOTICE).*)$/;

/** What became of an import. */
interface ImportedModel {
  readonly network: "pair" | "encoder";
  readonly format: Checkpoint["format"];
  /** Tensors of the file that no network here uses. */
  readonly unused: readonly string[];
}

/**
 * Makes a model folder of a published checkpoint: a sequence classifier becomes a pair model with the original
 * tool's input, called `id`; an encoder alone one that `bioweft train --encoder` starts from. Throws MODEL for what
 * does not fit together, CONFIG where the folders are one.
 */
export async function importCheckpoint(from: string, to: string, id: string): Promise<ImportedModel> {
  refuseSameFolder(from, to);
  const checkpoint = await readCheckpoint(from);
  const { tokenizer } = await readTokenizerFiles(from);
  checkVocabulary(from, tokenizer, checkpoint);
  await copySettings(from, to);
  const { encoder, parameters } = checkpoint;
  await writeWeights(to, publishedParameters(parameters, encoder), "fp32");
  const network = checkpoint.labels === undefined ? "encoder" : "pair";
  if (network === "pair") {
    const description = { id, network, encoder: encoderName(encoder), corpora: [], input: "compat" };
    await writeJsonFile(join(to, "bioweft.json"), description);
  }
  return { network, format: checkpoint.format, unused: checkpoint.unused };
}

/** Writes a model folder's copy with its weights as safetensors in a precision. Throws as importCheckpoint does. */
export async function exportSafetensors(from: string, to: string, precision: StoredPrecision): Promise<void> {
  refuseSameFolder(from, to);
  const weights = await exportedParameters(from);
  await copySettings(from, to);
  await writeWeights(to, weights, precision);
}

/** The document network's parameters are ours alone; all others are published ones. */
async function exportedParameters(dir: string): Promise<Parameters> {
  const isDocument = await readModelDescription(dir).then(
    () => true,
    () => false,
  );
  if (isDocument) return (await readModel(dir)).parameters;
  const { parameters, encoder } = await readCheckpoint(dir);
  return publishedParameters(parameters, encoder);
}

async function copySettings(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter((name) => COPIED.test(name));
  for (const name of names) await copyFile(join(from, name), join(to, name));
  await writeTokenizerFiles(from, to);
}

function refuseSameFolder(from: string, to: string): void {
  if (resolve(from) !== resolve(to)) return;
  throw new BioWeftError("CONFIG", `${to} is the folder that is read; give another with --out`);
}

/** Every token must have its row in the word table. */
function checkVocabulary(
  dir: string,
  {
    model,
    added_tokens,
  }: { model: { vocab?: unknown }; added_tokens: readonly { id: number; content: string }[] },
  { parameters }: Checkpoint,
): void {
  const [rows = 0] = parameter(parameters, "embeddings.word_embeddings.weight").shape;
  const vocabulary =
    typeof model.vocab === "object" && model.vocab !== null ? Object.values(model.vocab) : [];
  const beyond = added_tokens.filter(({ id }) => id >= rows).map(({ content }) => content);
  if (vocabulary.every((id) => Number(id) < rows) && beyond.length === 0) return;
  const which = beyond.length > 0 ? `, among them ${beyond.slice(0, 3).join(" ")}` : "";
  throw new BioWeftError(
    "MODEL",
    `the tokenizer has tokens beyond the word table's ${rows} rows${which}; its files belong to another checkpoint`,
    { place: { file: dir } },
  );
}

function encoderName({ family, layers, hiddenSize }: EncoderConfig): string {
  return `${family}, ${layers} layers of ${hiddenSize}`;
}
