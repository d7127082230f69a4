/**
 * A Hugging Face style encoder folder → the document network's parameters before training: the encoder as it is,
 * prompts and markers started at the embedding of the word they stand for, a fresh head.
 */

import type { Random } from "../../core/random.js";
import { required } from "../../core/required.js";
import { readCheckpoint } from "../checkpoints/read-checkpoint.js";
import { type ModelLabels, QUALIFIERS, type QualifierName } from "../inputs/labels.js";
import { FEATURES } from "../inputs/pair-features.js";
import type { DocumentNetworkConfig } from "../networks/document-network.js";
import type { EncoderConfig } from "../networks/encoder-config.js";
import { type Parameter, type Parameters, parameter } from "../ops/parameters.js";
import type { WordPieceTokenizer } from "../text/tokenizer.js";

/** Network sizes for an encoder and a set of labels. */
export function networkConfig(
  encoder: EncoderConfig,
  classes: number,
  headSize = encoder.hiddenSize,
  qualifiers: readonly QualifierName[] = [],
): DocumentNetworkConfig {
  return { ...encoder, headSize, classes, ...(qualifiers.length === 0 ? {} : { qualifiers }) };
}

/** Loads the encoder and adds what training starts from scratch. `random` decides the head's first weights. */
export async function loadInitialParameters(
  checkpointDir: string,
  tokenizer: WordPieceTokenizer,
  config: DocumentNetworkConfig,
  labels: ModelLabels,
  random: Random,
): Promise<Parameters> {
  const { parameters: encoder } = await readCheckpoint(checkpointDir);
  const wanted =
    /^(embeddings\.(word|position)_embeddings|embeddings\.LayerNorm|embeddings_project|encoder)\./;
  const parameters = new Map([...encoder].filter(([name]) => wanted.test(name)));
  const words = parameter(encoder, "embeddings.word_embeddings.weight");
  if (config.segments > 0) {
    const segments = parameter(encoder, "embeddings.token_type_embeddings.weight");
    const [, width = 0] = segments.shape;
    parameters.set("special.segment", { shape: [width], data: segments.data.slice(0, width) });
  }
  const width = config.hiddenSize;
  parameters.set("special.weight", specialEmbeddings(words, tokenizer, labels, random));
  const pairWidth = 5 * width + FEATURES;
  parameters.set("head.hidden.weight", glorot(config.headSize, pairWidth, random));
  parameters.set("head.hidden.bias", zeros(config.headSize));
  parameters.set("head.output.weight", glorot(config.classes, config.headSize, random));
  parameters.set("head.output.bias", zeros(config.classes));
  for (const [name, value] of qualifierHeads(config, random)) parameters.set(name, value);
  return parameters;
}

/** The first weights of what a network says beside the class; drawn last, so that the others are as without. */
export function qualifierHeads(
  { headSize, qualifiers = [] }: Pick<DocumentNetworkConfig, "headSize" | "qualifiers">,
  random: Random,
): Map<string, Parameter> {
  const heads = new Map<string, Parameter>();
  for (const name of qualifiers) {
    const outputs = QUALIFIERS[name].length;
    heads.set(`head.${name}.weight`, glorot(outputs, headSize, random));
    heads.set(`head.${name}.bias`, zeros(outputs));
  }
  return heads;
}

/** Starts each prompt and marker at the word for it, with a little noise that tells equals apart. */
export function specialEmbeddings(
  words: Parameter,
  tokenizer: WordPieceTokenizer,
  labels: Pick<ModelLabels, "specials">,
  random: Random,
): Parameter {
  const width = required(words.shape[1], "the width of the vocabulary");
  const data = new Float32Array(labels.specials.length * width);
  for (const [row, name] of labels.specials.entries()) {
    const word = /:(Chemical|Disease|Gene):/.exec(name)?.[1]?.toLowerCase() ?? "relation";
    const start = tokenizer.tokenId(word) * width;
    for (let i = 0; i < width; i++)
      data[row * width + i] = required(words.data[start + i], "a word's embedding") + 0.02 * random.normal();
  }
  return { shape: [labels.specials.length, width], data };
}

/** Random numbers of the deviation that keeps a layer's output as wide as its input (Glorot & Bengio 2010). */
export function glorot(rows: number, columns: number, random: Random): Parameter {
  const deviation = Math.sqrt(2 / (rows + columns));
  return {
    shape: [rows, columns],
    data: Float32Array.from({ length: rows * columns }, () => deviation * random.normal()),
  };
}

/** A vector of zeros, as biases begin. */
export function zeros(length: number): Parameter {
  return { shape: [length], data: new Float32Array(length) };
}
