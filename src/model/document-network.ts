/**
 * The document network: one encoder pass a document, all its pairs at once.
 *
 * A BERT encoder reads the plain text. For every candidate pair two levitated markers (PL-Marker, Ye et al.
 * 2022; PURE's approximation, Zhong & Chen 2021) run through the same layers at the positions of the pair's
 * closest mentions: text attends to text only, a marker to the text, itself and its partner, so the text is
 * encoded once however many pairs ask. A pair's vector joins its two marker states with its two entities pooled
 * over all their mentions (logsumexp, as ATLOP: Zhou et al. 2021), their product and a few surface features.
 *
 * Written once against Ops, executed by tfjs for training and recorded to ONNX for prediction. It knows no
 * documents (document-input.ts) and no probabilities (document-classifier.ts).
 */
import type { Ops } from "./ops.js";

/** Sizes of the network; encoder sizes are those of the checkpoint's config.json. */
export interface DocumentNetworkConfig {
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly layerNormEpsilon: number;
  readonly maxPositions: number;
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
  let rows = embed(ops, config, tokens, positions); // (T + 2P, D)
  for (let layer = 0; layer < config.layers; layer++) {
    rows = encoderLayer(ops, config, `encoder.layer.${layer}`, rows, inputs.positions);
  }
  const [text, markers] = ops.splitLike(rows, inputs.positions);
  return relationHead(ops, text, markers, inputs);
}

/** Adds positions and the segment, and normalises: (N, D) -> (N, D). */
function embed<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  rows: Tensor,
  positions: Tensor,
): Tensor {
  const place = ops.gather(ops.weight("embeddings.position_embeddings.weight"), positions);
  const segment = ops.weight("special.segment"); // (D)
  return norm(ops, config, "embeddings.LayerNorm", ops.add(ops.add(rows, place), segment));
}

/** One BERT layer over the text and, reading it, the markers: (T + 2P, D) -> (T + 2P, D); `like` has T rows. */
function encoderLayer<Tensor>(
  ops: Ops<Tensor>,
  config: DocumentNetworkConfig,
  name: string,
  rows: Tensor,
  like: Tensor,
): Tensor {
  const project = (part: string) => dense(ops, `${name}.attention.self.${part}`, rows);
  const heads = (x: Tensor) => ops.splitHeads(x, config.heads);
  const scaled = ops.scale(project("query"), 1 / Math.sqrt(config.hiddenSize / config.heads));
  const [textQuery, markerQuery] = ops.splitLike(scaled, like); // (T, D), (2P, D)
  const [textKey, markerKey] = ops.splitLike(project("key"), like);
  const [textValue, markerValue] = ops.splitLike(project("value"), like);
  const keys = heads(textKey); // (H, T, d)
  const values = heads(textValue); // (H, T, d)
  const textContext = ops.mergeHeads(ops.attention(heads(textQuery), keys, values)); // (T, D)

  // A marker's row has T + 2 columns: the text, itself, its partner.
  const queries = heads(markerQuery); // (H, 2P, d)
  const similarity = (key: Tensor) => ops.sumLast(ops.mul(queries, heads(key))); // (H, 2P, 1)
  const scores = ops.softmax(
    ops.concat(
      [ops.matmul(queries, keys, true), similarity(markerKey), similarity(swapHalves(ops, markerKey))],
      -1,
    ),
  ); // (H, 2P, T + 2)
  const fromText = ops.matmul(ops.dropLast(scores, 2), values); // (H, 2P, T) x (H, T, d) -> (H, 2P, d)
  const fromSelf = ops.mul(ops.fromEnd(scores, 2), heads(markerValue));
  const fromPartner = ops.mul(ops.fromEnd(scores, 1), heads(swapHalves(ops, markerValue)));
  const markerContext = ops.mergeHeads(ops.add(ops.add(fromText, fromSelf), fromPartner)); // (2P, D)

  const context = dense(ops, `${name}.attention.output.dense`, ops.concat([textContext, markerContext], 0));
  const attended = norm(ops, config, `${name}.attention.output.LayerNorm`, ops.add(rows, context));
  const inner = ops.gelu(dense(ops, `${name}.intermediate.dense`, attended));
  const outer = ops.add(attended, dense(ops, `${name}.output.dense`, inner));
  return norm(ops, config, `${name}.output.LayerNorm`, outer);
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

function dense<Tensor>(ops: Ops<Tensor>, name: string, x: Tensor): Tensor {
  return ops.linear(x, ops.weight(`${name}.weight`), ops.weight(`${name}.bias`));
}

function norm<Tensor>(ops: Ops<Tensor>, config: DocumentNetworkConfig, name: string, x: Tensor): Tensor {
  return ops.layerNorm(x, ops.weight(`${name}.weight`), ops.weight(`${name}.bias`), config.layerNormEpsilon);
}
