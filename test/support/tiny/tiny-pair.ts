/**
 * A pair network small enough to check by value, with random weights, and batches made up for it: no tokenizer,
 * no text.
 */

import { seededRandom } from "../../../src/core/random.js";
import type { EncoderConfig } from "../../../src/model/networks/encoder-config.js";
import { pairFeeds } from "../../../src/model/networks/pair-batches.js";
import type { PairInputName } from "../../../src/model/networks/pair-network.js";
import type { Feeds } from "../../../src/model/ops/network.js";
import type { Parameter } from "../../../src/model/ops/parameters.js";
import { TINY_WORDS, tinyParameters } from "./tiny-network.js";

/** Random weights of every name and shape that the pair network on a tiny encoder asks for. */
export function tinyPairParameters(seed: number, config: EncoderConfig, classes = 5): Map<string, Parameter> {
  const random = seededRandom(seed);
  const encoder = tinyParameters(seed, { ...config, headSize: 1, classes });
  const parameters = new Map([...encoder].filter(([name]) => /^(embeddings|encoder)/.test(name)));
  const add = (name: string, ...shape: number[]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    parameters.set(name, { shape, data: Float32Array.from({ length: size }, () => 0.3 * random.normal()) });
  };
  const dense = (name: string, out: number) => {
    add(`${name}.weight`, out, config.hiddenSize);
    add(`${name}.bias`, out);
  };
  const bert = config.family === "bert";
  if (config.segments > 0)
    add("embeddings.token_type_embeddings.weight", config.segments, config.embeddingSize);
  dense(bert ? "pooler.dense" : "classifier.dense", config.hiddenSize);
  dense(bert ? "classifier" : "classifier.out_proj", classes);
  return parameters;
}

/** A batch of sequences of random tokens, of these lengths. */
export function tinyBatch(seed: number, lengths: readonly number[]): Feeds<PairInputName> {
  const random = seededRandom(seed);
  return pairFeeds(
    lengths.map((length) => Int32Array.from({ length }, () => Math.floor(random.next() * TINY_WORDS))),
    0,
  );
}
