/**
 * A Hugging Face style BERT folder → the document network's parameters before training: the encoder as it is,
 * prompts and markers started at the embedding of the word they stand for, a fresh head.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../core/errors.js";
import type { DocumentNetworkConfig } from "./document-network.js";
import type { ModelLabels } from "./labels.js";
import { FEATURES } from "./pair-features.js";
import { type Parameter, type Parameters, parameter, readSafetensors } from "./parameters.js";
import type { Random } from "./random.js";
import type { WordPieceTokenizer } from "./tokenizer.js";

/** The parts of a BERT config.json that the network needs. */
export const bertConfigSchema = z.object({
  model_type: z.literal("bert"),
  hidden_size: z.number().int().positive(),
  num_hidden_layers: z.number().int().positive(),
  num_attention_heads: z.number().int().positive(),
  layer_norm_eps: z.number().positive(),
  max_position_embeddings: z.number().int().positive(),
  hidden_act: z.literal("gelu"),
});
export type BertConfig = z.infer<typeof bertConfigSchema>;

/** Reads config.json of an encoder; throws MODEL for another architecture, saying which is expected. */
export async function readBertConfig(checkpointDir: string): Promise<BertConfig> {
  const file = join(checkpointDir, "config.json");
  try {
    return bertConfigSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new BioWeftError(
      "MODEL",
      "is no config.json of a BERT encoder with gelu; give a folder that holds one",
      {
        place: { file },
        cause,
      },
    );
  }
}

/** Network sizes for an encoder and a set of labels. */
export function networkConfig(
  bert: BertConfig,
  classes: number,
  headSize = bert.hidden_size,
): DocumentNetworkConfig {
  return {
    hiddenSize: bert.hidden_size,
    layers: bert.num_hidden_layers,
    heads: bert.num_attention_heads,
    layerNormEpsilon: bert.layer_norm_eps,
    maxPositions: bert.max_position_embeddings,
    headSize,
    classes,
  };
}

/** Loads the encoder and adds what training starts from scratch. `random` decides the head's first weights. */
export async function loadInitialParameters(
  checkpointDir: string,
  tokenizer: WordPieceTokenizer,
  config: DocumentNetworkConfig,
  labels: ModelLabels,
  random: Random,
): Promise<Parameters> {
  const file = await readSafetensors(join(checkpointDir, "model.safetensors"));
  const encoder = new Map([...file].map(([name, value]) => [name.replace(/^bert\./, ""), value]));
  const wanted = /^(embeddings\.(word|position)_embeddings|embeddings\.LayerNorm|encoder\.layer)\./;
  const parameters = new Map([...encoder].filter(([name]) => wanted.test(name)));
  const words = parameter(encoder, "embeddings.word_embeddings.weight");
  const segments = parameter(encoder, "embeddings.token_type_embeddings.weight");
  const width = config.hiddenSize;
  parameters.set("special.segment", { shape: [width], data: segments.data.slice(0, width) });
  parameters.set("special.weight", specialEmbeddings(words, tokenizer, labels, random));
  const pairWidth = 5 * width + FEATURES;
  parameters.set("head.hidden.weight", glorot(config.headSize, pairWidth, random));
  parameters.set("head.hidden.bias", zeros(config.headSize));
  parameters.set("head.output.weight", glorot(config.classes, config.headSize, random));
  parameters.set("head.output.bias", zeros(config.classes));
  return parameters;
}

/** Starts each prompt and marker at the word for it, with a little noise that tells equals apart. */
function specialEmbeddings(
  words: Parameter,
  tokenizer: WordPieceTokenizer,
  labels: ModelLabels,
  random: Random,
): Parameter {
  const width = words.shape[1] ?? 0;
  const data = new Float32Array(labels.specials.length * width);
  for (const [row, name] of labels.specials.entries()) {
    const word = /:(Chemical|Disease|Gene):/.exec(name)?.[1]?.toLowerCase() ?? "relation";
    const start = tokenizer.tokenId(word) * width;
    for (let i = 0; i < width; i++)
      data[row * width + i] = (words.data[start + i] ?? 0) + 0.02 * random.normal();
  }
  return { shape: [labels.specials.length, width], data };
}

function glorot(rows: number, columns: number, random: Random): Parameter {
  const deviation = Math.sqrt(2 / (rows + columns));
  return {
    shape: [rows, columns],
    data: Float32Array.from({ length: rows * columns }, () => deviation * random.normal()),
  };
}

function zeros(length: number): Parameter {
  return { shape: [length], data: new Float32Array(length) };
}
