/**
 * The pair network, BioREx as published (Lai et al. 2023): one encoder pass a pair, over a text in which the pair's
 * two entities are tagged; the first token's state is classified. The heads are those of transformers' Bert-, Electra-
 * and MPNetForSequenceClassification, so that official checkpoints run as they are.
 *
 * Written once against Ops, a batch of B sequences at a time, each padded to T tokens; N = B·T rows. It knows no
 * documents (pair-input.ts) and no probabilities (decoding.ts).
 */
import { dense, embed, finishLayer, layerName, project } from "./encoder.js";
import type { EncoderConfig } from "./encoder-config.js";
import type { GraphInput, Network } from "./network.js";
import type { Ops } from "./ops.js";

/** What padding adds to a score: as good as minus infinity, and within half precision. */
export const PADDED = -10_000;

const INPUTS = {
  /** (N) token ids, sequence after sequence. */
  tokens: { type: "int32", axes: ["rows"] },
  /** (N) each row's position in its sequence. */
  positions: { type: "int32", axes: ["rows"] },
  /** (T) the positions of one sequence. */
  places: { type: "int32", axes: ["tokens"] },
  /** (N) rows of the segment table; not used by families without segments. */
  segments: { type: "int32", axes: ["rows"] },
  /** (B, 1, 1, T) 0 for a token, PADDED for padding. */
  padding: { type: "float32", axes: ["sequences", 1, 1, "tokens"] },
  /** (B) row of each sequence's first token. */
  firsts: { type: "int32", axes: ["sequences"] },
} as const satisfies Readonly<Record<string, GraphInput>>;

/** Names of the pair network's inputs. */
export type PairInputName = keyof typeof INPUTS;
type Inputs<Tensor> = Readonly<Record<PairInputName, Tensor>>;

/** The pair network on this encoder: logits (B, R). */
export function pairGraph(config: EncoderConfig): Network<PairInputName> {
  return { inputs: INPUTS, build: (ops, inputs) => pairNetwork(ops, config, inputs) };
}

function pairNetwork<Tensor>(ops: Ops<Tensor>, config: EncoderConfig, inputs: Inputs<Tensor>): Tensor {
  const words = ops.gather(ops.weight("embeddings.word_embeddings.weight"), inputs.tokens); // (N, d)
  const segment =
    config.segments === 0
      ? undefined
      : ops.gather(ops.weight("embeddings.token_type_embeddings.weight"), inputs.segments); // (N, d)
  const bias = attentionBias(ops, config, inputs);
  let rows = embed(ops, config, words, inputs.positions, segment); // (N, D)
  for (let layer = 0; layer < config.layers; layer++) {
    const name = layerName(layer);
    rows = finishLayer(ops, config, name, rows, attend(ops, config, name, rows, bias, inputs.padding));
  }
  return classify(ops, config, ops.gather(rows, inputs.firsts));
}

/** What is added to the scores of every layer: (B, 1, 1, T), or (B, H, T, T) with relative positions. */
function attentionBias<Tensor>(ops: Ops<Tensor>, config: EncoderConfig, inputs: Inputs<Tensor>): Tensor {
  if (config.relativeBuckets === 0) return inputs.padding;
  const table = ops.weight("encoder.relative_attention_bias.weight"); // (buckets, H)
  const relative = ops.relativeBias(table, inputs.places, inputs.places, "all", config); // (H, T, T)
  return ops.add(inputs.padding, relative);
}

/** What each row attends to within its sequence, before the output projection: (N, D) -> (N, D). */
function attend<Tensor>(
  ops: Ops<Tensor>,
  config: EncoderConfig,
  layer: string,
  rows: Tensor,
  bias: Tensor,
  like: Tensor,
): Tensor {
  const { query, key, value } = project(ops, config, layer, rows);
  const heads = (x: Tensor) => ops.splitSequences(x, config.heads, like); // (B, H, T, d)
  const context = ops.attention(heads(query), heads(key), heads(value), bias);
  return ops.mergeSequences(context, config.hiddenSize);
}

/** First tokens' states (B, D) -> logits (B, R). */
function classify<Tensor>(ops: Ops<Tensor>, config: EncoderConfig, first: Tensor): Tensor {
  if (config.family === "bert") {
    const pooled = ops.tanh(dense(ops, "pooler.dense", first));
    return dense(ops, "classifier", ops.dropout(pooled, 0.1));
  }
  const hidden = dense(ops, "classifier.dense", ops.dropout(first, 0.1));
  const active = config.family === "electra" ? ops.gelu(hidden) : ops.tanh(hidden);
  return dense(ops, "classifier.out_proj", ops.dropout(active, 0.1));
}
