/**
 * The pair network, BioREx as published (Lai et al. 2023): one encoder pass a pair, over a text in which the pair's
 * two entities are tagged; the first token's state is classified. The heads are those of transformers' Bert-, Electra-
 * and MPNetForSequenceClassification, so that official checkpoints run as they are.
 *
 * Written once against Ops, a batch of B sequences at a time, each padded to T tokens; N = B·T rows. It knows no
 * documents (pair-input.ts) and no probabilities (decoding.ts).
 */

import type { GraphInput, Network } from "../ops/network.js";
import type { Ops } from "../ops/ops.js";
import { dense, embed, finishLayer, layerName, project } from "./encoder.js";
import type { EncoderConfig } from "./encoder-config.js";

const INPUTS = {
  /** (N) token ids, sequence after sequence. */
  tokens: { type: "int32", axes: ["rows"] },
  /** (N) each row's position in its sequence. */
  positions: { type: "int32", axes: ["rows"] },
  /** (T) the positions of one sequence. */
  places: { type: "int32", axes: ["tokens"] },
  /** (1) the position of the first token. */
  start: { type: "int32", axes: [1] },
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
  const heads = (x: Tensor) => ops.splitSequences(x, config.heads, inputs.padding); // (B, H, T, d)
  const bias = attentionBias(ops, config, inputs, inputs.places);
  let rows = embed(ops, config, words, inputs.positions, segment); // (N, D)
  for (let layer = 0; layer < config.layers - 1; layer++) {
    const name = layerName(layer);
    const { query, key, value } = project(ops, config, name, rows);
    const context = ops.attention(heads(query), heads(key), heads(value), bias);
    rows = finishLayer(ops, config, name, rows, ops.mergeSequences(context, config.hiddenSize));
  }
  // Of the last layer only the first tokens' states are read, so nothing else of it is computed.
  const name = layerName(config.layers - 1);
  const firsts = ops.gather(rows, inputs.firsts); // (B, D)
  const { query, key, value } = project(ops, config, name, rows, firsts);
  const asking = ops.splitSingles(query, config.heads); // (B, H, 1, d)
  const startBias = attentionBias(ops, config, inputs, inputs.start);
  const context = ops.attention(asking, heads(key), heads(value), startBias);
  return classify(
    ops,
    config,
    finishLayer(ops, config, name, firsts, ops.mergeSequences(context, config.hiddenSize)),
  );
}

/**
 * What is added to the scores of tokens at these positions of a sequence (Q): (B, 1, 1, T), or (B, H, Q, T) with
 * relative positions.
 */
function attentionBias<Tensor>(
  ops: Ops<Tensor>,
  config: EncoderConfig,
  { padding, places }: Inputs<Tensor>,
  asking: Tensor,
): Tensor {
  if (config.relativeBuckets === 0) return padding;
  const table = ops.weight("encoder.relative_attention_bias.weight"); // (buckets, H)
  return ops.add(padding, ops.relativeBias(table, asking, places, "all", config));
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
