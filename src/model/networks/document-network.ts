/**
 * The document network: one encoder pass a document, all its pairs at once.
 *
 * An encoder reads the plain text. For every candidate pair two levitated markers (PL-Marker, Ye et al.
 * 2022; PURE's approximation, Zhong & Chen 2021) run through the same layers at the positions of two of the pair's
 * mentions: text attends to text only, a marker to the text, itself and its partner, so the text is
 * encoded once however many pairs ask. A pair's vector joins its two marker states with its two entities pooled
 * over all their mentions (logsumexp, as ATLOP: Zhou et al. 2021), their product and a few surface features.
 *
 * Written once against Ops, executed by tfjs for training and recorded to ONNX for prediction, for one document or
 * several a pass (document-layout.ts). It knows no documents (document-input.ts) and no probabilities (decoding.ts).
 */

import type { Ops } from "../ops/ops.js";
import type { DocumentLayout } from "./document-layout.js";
import { dense, embed, finishLayer, layerName, project } from "./encoder.js";
import type { EncoderConfig } from "./encoder-config.js";

/** Sizes of the network; encoder sizes are those of the checkpoint's config.json. */
export interface DocumentNetworkConfig extends EncoderConfig {
  /** Width of the head's one hidden layer. */
  readonly headSize: number;
  readonly classes: number;
}

/** Rows as they come, before a layout arranges them. */
export interface EmbeddingInputs<Tensor> {
  /** (W) word ids: [CLS], the text, [SEP]. */
  readonly tokens: Tensor;
  /** (1) row of the corpus prompt in `special.weight`. */
  readonly prompt: Tensor;
  /** (T) positions: the prompt's first, then the tokens'. */
  readonly positions: Tensor;
  /** (2P) rows of the markers in `special.weight`: all subjects, then all objects. */
  readonly markers: Tensor;
  /** (2P) positions that the markers share with their mentions. */
  readonly markerPositions: Tensor;
}

/** What is asked about the entities of the text. */
export interface HeadInputs<Tensor> {
  /** (M) text rows of the mentions' first tokens. */
  readonly mentionRows: Tensor;
  /** (E, M) 1 where the mention names the entity. */
  readonly membership: Tensor;
  /** (P) entity of each pair's subject, and of its object. */
  readonly subjects: Tensor;
  readonly objects: Tensor;
  /** (P, F) surface features. */
  readonly features: Tensor;
}

/** Inputs by name. T text rows, W = T - 1 word tokens, P pairs, M mentions, E entities, F features. */
export type DocumentNetworkInputs<Tensor> = EmbeddingInputs<Tensor> & HeadInputs<Tensor>;

/**
 * Logits of every pair: (P, R). Of several documents in one pass, the embedding inputs and the head's are those of all
 * of them, one after the other (T, W, P, M and E are sums), and the layout says where each document's rows go.
 */
export function documentNetwork<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  inputs: DocumentNetworkInputs<Tensor>,
  layout: DocumentLayout<Tensor>,
): Tensor {
  let rows = layout.arrange(embedRows(ops, config, inputs));
  for (let layer = 0; layer < config.layers; layer++) {
    const name = layerName(layer);
    const attended = attend(ops, config, name, rows, layout);
    rows = finishLayer(ops, config, name, rows, attended);
  }
  const [text, markers] = ops.splitLike(rows, layout.textRows);
  return relationHead(ops, text, layout.pairMarkers(markers), inputs);
}

/** Prompt, words, markers: (T + 2P, D). */
function embedRows<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  inputs: EmbeddingInputs<Tensor>,
): Tensor {
  const special = ops.weight("special.weight");
  const words = ops.gather(ops.weight("embeddings.word_embeddings.weight"), inputs.tokens); // (W, D)
  // The order of rows means nothing to attention, positions do: so the prompt can come first, and text (T, D)
  // and markers (2P, D) can go through the dense layers as one matrix.
  const tokens = ops.concat(
    [ops.gather(special, inputs.prompt), words, ops.gather(special, inputs.markers)],
    0,
  );
  const positions = ops.concat([inputs.positions, inputs.markerPositions], 0); // (T + 2P)
  const segment = config.segments === 0 ? undefined : ops.weight("special.segment"); // (d)
  return embed(ops, config, tokens, positions, segment);
}

/**
 * What the text and, reading it, the markers attend to in a layer, before the output projection:
 * (T + 2P, D) -> (T + 2P, D). Comments give the shapes of one document; several have a B in front of H.
 */
function attend<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  layer: string,
  rows: Tensor,
  layout: DocumentLayout<Tensor>,
): Tensor {
  const { textHeads, markerHeads, partners } = layout;
  const { query, key, value } = project(ops, config, layer, rows);
  const [textQuery, markerQuery] = ops.splitLike(query, layout.textRows); // (T, D), (2P, D)
  const [textKey, markerKey] = ops.splitLike(key, layout.textRows);
  const [textValue, markerValue] = ops.splitLike(value, layout.textRows);
  const keys = textHeads(textKey); // (H, T, d)
  const values = textHeads(textValue); // (H, T, d)
  const textContext = layout.merge(ops.attention(textHeads(textQuery), keys, values, layout.textBias)); // (T, D)

  // A marker's row has T + 2 columns: the text, itself, its partner.
  const queries = markerHeads(markerQuery); // (H, 2P, d)
  const similarity = (other: Tensor) => ops.sumLast(ops.mul(queries, markerHeads(other))); // (H, 2P, 1)
  const scores = ops.concat(
    [ops.matmul(queries, keys, true), similarity(markerKey), similarity(partners(markerKey))],
    -1,
  );
  const biased = layout.markerBias === undefined ? scores : ops.add(scores, layout.markerBias);
  const weights = ops.softmax(biased); // (H, 2P, T + 2)
  const fromText = ops.matmul(ops.dropLast(weights, 2), values); // (H, 2P, T) x (H, T, d) -> (H, 2P, d)
  const fromSelf = ops.mul(ops.fromEnd(weights, 2), markerHeads(markerValue));
  const fromPartner = ops.mul(ops.fromEnd(weights, 1), markerHeads(partners(markerValue)));
  const markerContext = layout.merge(ops.add(ops.add(fromText, fromSelf), fromPartner)); // (2P, D)
  return ops.concat([textContext, markerContext], 0);
}

/** Text states (T, D) and the states of each pair's markers, 2 x (P, D) -> logits (P, R). */
function relationHead<Tensor>(
  ops: Ops<Tensor>,
  text: Tensor,
  [subjectMarkers, objectMarkers]: readonly [Tensor, Tensor],
  inputs: HeadInputs<Tensor>,
): Tensor {
  const mentions = ops.gather(text, inputs.mentionRows); // (M, D)
  // subtle: logsumexp without subtracting the maximum. The states come out of a layer norm, so they are
  // bounded by |gain|·√D + |bias| (about 20 for the encoders in use), far from where exp leaves float32.
  const entities = ops.log(ops.matmul(inputs.membership, ops.exp(mentions))); // (E, M) x (M, D) -> (E, D)
  const subjects = ops.gather(entities, inputs.subjects); // (P, D)
  const objects = ops.gather(entities, inputs.objects); // (P, D)
  const pairs = ops.concat(
    [subjectMarkers, objectMarkers, subjects, objects, ops.mul(subjects, objects), inputs.features],
    -1,
  ); // (P, 5D + F)
  const hidden = ops.gelu(dense(ops, "head.hidden", ops.dropout(pairs, 0.1)));
  return dense(ops, "head.output", ops.dropout(hidden, 0.1)); // (P, R)
}
