/**
 * The document network: one encoder pass a document, all its pairs at once.
 *
 * An encoder reads the plain text. For every candidate pair two levitated markers (PL-Marker, Ye et al.
 * 2022; PURE's approximation, Zhong & Chen 2021) run through the same layers at the positions of the pair's
 * closest mentions: text attends to text only, a marker to the text, itself and its partner, so the text is
 * encoded once however many pairs ask. A pair's vector joins its two marker states with its two entities pooled
 * over all their mentions (logsumexp, as ATLOP: Zhou et al. 2021), their product and a few surface features.
 *
 * Written once against Ops, executed by tfjs for training and recorded to ONNX for prediction. It knows no
 * documents (document-input.ts) and no probabilities (document-classifier.ts).
 */
import { dense, embed, finishLayer, layerName, project } from "./encoder.js";
import type { EncoderConfig } from "./encoder-config.js";
import type { Ops } from "./ops.js";

/** Sizes of the network; encoder sizes are those of the checkpoint's config.json. */
export interface DocumentNetworkConfig extends EncoderConfig {
  /** Width of the head's one hidden layer. */
  readonly headSize: number;
  readonly classes: number;
}

/** Inputs by name. T text rows, W = T - 1 word tokens, P pairs, M mentions, E entities, F features. */
export interface DocumentNetworkInputs<Tensor> {
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

/** Logits of every pair: (P, R). */
export function documentNetwork<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  inputs: DocumentNetworkInputs<Tensor>,
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
  let rows = embed(ops, config, tokens, positions, segment); // (T + 2P, D)
  const bias = config.relativeBuckets === 0 ? undefined : positionBias(ops, config, inputs);
  for (let layer = 0; layer < config.layers; layer++) {
    const name = layerName(layer);
    const attended = attend(ops, config, name, rows, inputs.positions, bias);
    rows = finishLayer(ops, config, name, rows, attended);
  }
  const [text, markers] = ops.splitLike(rows, inputs.positions);
  return relationHead(ops, text, markers, inputs);
}

/** What relative positions add to the scores of every layer. */
interface PositionBias<Tensor> {
  /** (H, T, T) */
  readonly text: Tensor;
  /** (H, 2P, T + 2): the text, itself, its partner. */
  readonly markers: Tensor;
}

function positionBias<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  { positions, markerPositions }: DocumentNetworkInputs<Tensor>,
): PositionBias<Tensor> {
  const table = ops.weight("encoder.relative_attention_bias.weight"); // (buckets, H)
  const bias = (queries: Tensor, keys: Tensor, pairing: "all" | "each") =>
    ops.relativeBias(table, queries, keys, pairing, config);
  return {
    text: bias(positions, positions, "all"),
    markers: ops.concat(
      [
        bias(markerPositions, positions, "all"),
        bias(markerPositions, markerPositions, "each"),
        bias(markerPositions, swapHalves(ops, markerPositions), "each"),
      ],
      -1,
    ),
  };
}

/**
 * What the text and, reading it, the markers attend to in a layer, before the output projection:
 * (T + 2P, D) -> (T + 2P, D); `like` has T rows.
 */
function attend<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  layer: string,
  rows: Tensor,
  like: Tensor,
  bias: PositionBias<Tensor> | undefined,
): Tensor {
  const heads = (x: Tensor) => ops.splitHeads(x, config.heads);
  const { query, key, value } = project(ops, config, layer, rows);
  const [textQuery, markerQuery] = ops.splitLike(query, like); // (T, D), (2P, D)
  const [textKey, markerKey] = ops.splitLike(key, like);
  const [textValue, markerValue] = ops.splitLike(value, like);
  const keys = heads(textKey); // (H, T, d)
  const values = heads(textValue); // (H, T, d)
  const textContext = ops.mergeHeads(ops.attention(heads(textQuery), keys, values, bias?.text)); // (T, D)

  // A marker's row has T + 2 columns: the text, itself, its partner.
  const queries = heads(markerQuery); // (H, 2P, d)
  const similarity = (other: Tensor) => ops.sumLast(ops.mul(queries, heads(other))); // (H, 2P, 1)
  const scores = ops.concat(
    [ops.matmul(queries, keys, true), similarity(markerKey), similarity(swapHalves(ops, markerKey))],
    -1,
  );
  const weights = ops.softmax(bias === undefined ? scores : ops.add(scores, bias.markers)); // (H, 2P, T + 2)
  const fromText = ops.matmul(ops.dropLast(weights, 2), values); // (H, 2P, T) x (H, T, d) -> (H, 2P, d)
  const fromSelf = ops.mul(ops.fromEnd(weights, 2), heads(markerValue));
  const fromPartner = ops.mul(ops.fromEnd(weights, 1), heads(swapHalves(ops, markerValue)));
  const markerContext = ops.mergeHeads(ops.add(ops.add(fromText, fromSelf), fromPartner)); // (2P, D)
  return ops.concat([textContext, markerContext], 0);
}

/** Pair vectors -> logits (P, R). */
function relationHead<Tensor>(
  ops: Ops<Tensor>,
  text: Tensor,
  markers: Tensor,
  inputs: DocumentNetworkInputs<Tensor>,
): Tensor {
  const mentions = ops.gather(text, inputs.mentionRows); // (M, D)
  // subtle: logsumexp without subtracting the maximum. The states come out of a layer norm, so they are
  // bounded by |gain|·√D + |bias| (about 20 for the encoders in use), far from where exp leaves float32.
  const entities = ops.log(ops.matmul(inputs.membership, ops.exp(mentions))); // (E, M) x (M, D) -> (E, D)
  const subjects = ops.gather(entities, inputs.subjects); // (P, D)
  const objects = ops.gather(entities, inputs.objects); // (P, D)
  const [subjectMarkers, objectMarkers] = ops.halves(markers); // 2 x (P, D)
  const pairs = ops.concat(
    [subjectMarkers, objectMarkers, subjects, objects, ops.mul(subjects, objects), inputs.features],
    -1,
  ); // (P, 5D + F)
  const hidden = ops.gelu(dense(ops, "head.hidden", ops.dropout(pairs, 0.1)));
  return dense(ops, "head.output", ops.dropout(hidden, 0.1)); // (P, R)
}

function swapHalves<Tensor>(ops: Ops<Tensor>, x: Tensor): Tensor {
  const [first, second] = ops.halves(x);
  return ops.concat([second, first], 0);
}
