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

import { required } from "../../core/required.js";
import { type QualifierName, qualifierOutputs } from "../inputs/labels.js";
import type { Ops } from "../ops/ops.js";
import type { DocumentLayout, MarkerLayout, TextLayout } from "./document-layout.js";
import { dense, embed, finishLayer, layerName, type Projections, project } from "./encoder.js";
import type { EncoderConfig } from "./encoder-config.js";

/** Sizes of the network; encoder sizes are those of the checkpoint's config.json. */
export interface DocumentNetworkConfig extends EncoderConfig {
  /** Width of the head's one hidden layer. */
  readonly headSize: number;
  readonly classes: number;
  /** What it says of a related pair beside its class; absent: nothing. */
  readonly qualifiers?: readonly QualifierName[];
}

/** Columns of the logits: the classes, then those of each qualifier. */
export function networkOutputs({ classes, qualifiers }: DocumentNetworkConfig): number {
  return classes + qualifierOutputs(qualifiers);
}

/** Rows as they come, before a layout arranges them. */
interface EmbeddingInputs<Tensor> {
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
interface HeadInputs<Tensor> {
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
type DocumentNetworkInputs<Tensor> = EmbeddingInputs<Tensor> & HeadInputs<Tensor>;

/**
 * Logits of every pair: (P, R), R being networkOutputs. Of several documents in one pass, the embedding inputs and the head's are those of all
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
  return relationHead(ops, config, text, layout.pairMarkers(markers), inputs);
}

/** All that markers read of a text: its keys and values in every layer, and its states after the last; (T, D) each. */
interface TextMemory<Tensor> {
  readonly keys: readonly Tensor[];
  readonly values: readonly Tensor[];
  readonly states: Tensor;
}

/** The text's half of the network. As no text attends to a marker, it is the same whatever pairs are asked. */
export function textMemory<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  inputs: Pick<EmbeddingInputs<Tensor>, "tokens" | "prompt" | "positions">,
  layout: TextLayout<Tensor>,
): TextMemory<Tensor> {
  const [keys, values]: [Tensor[], Tensor[]] = [[], []];
  let states = embedTokens(ops, config, ops.concat(textTokens(ops, inputs), 0), inputs.positions);
  for (let layer = 0; layer < config.layers; layer++) {
    const name = layerName(layer);
    const { query, key, value } = project(ops, config, name, states);
    keys.push(key);
    values.push(value);
    const attended = attendText(ops, layout, query, layout.textHeads(key), layout.textHeads(value));
    states = finishLayer(ops, config, name, states, attended);
  }
  return { keys, values, states };
}

/** The pairs' half: logits (P, R) of any of the pairs that ask about a text. */
export function pairLogits<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  inputs: Pick<EmbeddingInputs<Tensor>, "markers" | "markerPositions"> & HeadInputs<Tensor>,
  memory: TextMemory<Tensor>,
  layout: MarkerLayout<Tensor>,
): Tensor {
  let rows = embedTokens(ops, config, markerTokens(ops, inputs), inputs.markerPositions); // (2P, D)
  for (let layer = 0; layer < config.layers; layer++) {
    const name = layerName(layer);
    const keys = layout.textHeads(required(memory.keys[layer], "a layer's keys"));
    const values = layout.textHeads(required(memory.values[layer], "a layer's values"));
    const own = project(ops, config, name, rows);
    rows = finishLayer(ops, config, name, rows, attendMarkers(ops, layout, own, keys, values));
  }
  return relationHead(ops, config, memory.states, layout.pairMarkers(rows), inputs);
}

/** Prompt, words, markers: (T + 2P, D). */
function embedRows<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  inputs: EmbeddingInputs<Tensor>,
): Tensor {
  // The order of rows means nothing to attention, positions do: so the prompt can come first, and text (T, D)
  // and markers (2P, D) can go through the dense layers as one matrix.
  const tokens = ops.concat([...textTokens(ops, inputs), markerTokens(ops, inputs)], 0);
  return embedTokens(ops, config, tokens, ops.concat([inputs.positions, inputs.markerPositions], 0));
}

/** The prompt (1, d) and the words (W, d). */
function textTokens<Tensor>(
  ops: Ops<Tensor>,
  { prompt, tokens }: Pick<EmbeddingInputs<Tensor>, "tokens" | "prompt">,
): [Tensor, Tensor] {
  const words = ops.gather(ops.weight("embeddings.word_embeddings.weight"), tokens);
  return [ops.gather(ops.weight("special.weight"), prompt), words];
}

/** (2P, d). */
function markerTokens<Tensor>(
  ops: Ops<Tensor>,
  { markers }: Pick<EmbeddingInputs<Tensor>, "markers">,
): Tensor {
  return ops.gather(ops.weight("special.weight"), markers);
}

/** Tokens (N, d) at their positions (N) -> (N, D). */
function embedTokens<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  tokens: Tensor,
  positions: Tensor,
): Tensor {
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
  const { query, key, value } = project(ops, config, layer, rows);
  const [textQuery, markerQuery] = ops.splitLike(query, layout.textRows); // (T, D), (2P, D)
  const [textKey, markerKey] = ops.splitLike(key, layout.textRows);
  const [textValue, markerValue] = ops.splitLike(value, layout.textRows);
  const keys = layout.textHeads(textKey); // (H, T, d)
  const values = layout.textHeads(textValue); // (H, T, d)
  const textContext = attendText(ops, layout, textQuery, keys, values); // (T, D)
  const own = { query: markerQuery, key: markerKey, value: markerValue };
  return ops.concat([textContext, attendMarkers(ops, layout, own, keys, values)], 0);
}

/** The text reads itself: queries (T, D), keys and values (H, T, d) -> (T, D). */
function attendText<Tensor>(
  ops: Ops<Tensor>,
  { textHeads, merge, textBias }: TextLayout<Tensor>,
  query: Tensor,
  keys: Tensor,
  values: Tensor,
): Tensor {
  return merge(ops.attention(textHeads(query), keys, values, textBias));
}

/** Markers read the text, themselves and their partners: (2P, D) of each projection -> (2P, D). */
function attendMarkers<Tensor>(
  ops: Ops<Tensor>,
  { markerHeads, partners, markerBias, merge }: MarkerLayout<Tensor>,
  own: Projections<Tensor>,
  keys: Tensor,
  values: Tensor,
): Tensor {
  // A marker's row has T + 2 columns: the text, itself, its partner.
  const queries = markerHeads(own.query); // (H, 2P, d)
  const similarity = (other: Tensor) => ops.sumLast(ops.mul(queries, markerHeads(other))); // (H, 2P, 1)
  const scores = ops.concat(
    [ops.matmul(queries, keys, true), similarity(own.key), similarity(partners(own.key))],
    -1,
  );
  const biased = markerBias === undefined ? scores : ops.add(scores, markerBias);
  const weights = ops.softmax(biased); // (H, 2P, T + 2)
  const fromText = ops.matmul(ops.dropLast(weights, 2), values); // (H, 2P, T) x (H, T, d) -> (H, 2P, d)
  const fromSelf = ops.mul(ops.fromEnd(weights, 2), markerHeads(own.value));
  const fromPartner = ops.mul(ops.fromEnd(weights, 1), markerHeads(partners(own.value)));
  return merge(ops.add(ops.add(fromText, fromSelf), fromPartner)); // (2P, D)
}

/** Text states (T, D) and the states of each pair's markers, 2 x (P, D) -> logits (P, R). */
function relationHead<Tensor>(
  ops: Ops<Tensor>,
  { qualifiers = [] }: DocumentNetworkConfig,
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
  const kept = ops.dropout(hidden, 0.1); // (P, head size)
  const classes = dense(ops, "head.output", kept);
  if (qualifiers.length === 0) return classes;
  return ops.concat([classes, ...qualifiers.map((name) => dense(ops, `head.${name}`, kept))], -1); // (P, R)
}
