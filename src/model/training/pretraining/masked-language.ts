/**
 * Masked-language training of an encoder: text in, scores of the vocabulary at hidden places out. The output layer
 * is the word table itself (tied), after BERT's transformation; it is dropped when the encoder is kept.
 * Source: Devlin et al. 2019. Layers are those of encoder.ts.
 */
import type * as tfjs from "@tensorflow/tfjs";
import type { Random } from "../../../core/random.js";
import { glorot, zeros } from "../../folder/initial-parameters.js";
import { dense, embed, finishLayer, layerName, project } from "../../networks/encoder.js";
import type { EncoderConfig } from "../../networks/encoder-config.js";
import type { Ops } from "../../ops/ops.js";
import type { Parameters } from "../../ops/parameters.js";
import { type Tf, tfjsOps } from "../../ops/tfjs-ops.js";
import type { LossItem } from "../batch-gradients.js";
import { WORDS } from "../weight-store.js";
import type { MaskedText } from "./masked-words.js";

type Tensor = tfjs.Tensor;

/** Names of the output layer's weights begin so: they learn at a head's rate. */
const HEAD = "head.words";

/** Inputs of one pass: T tokens, M hidden places. */
interface MaskedInputs<Value> {
  /** (T) rows of the word table. */
  readonly tokens: Value;
  /** (T) 0, 1, … */
  readonly positions: Value;
  /** (1) the segment's row, 0. */
  readonly segment: Value;
  /** (M) */
  readonly places: Value;
}

/** The encoder's parameters with an output layer for this many words. `random` decides its first weights. */
export function withWordHead(
  encoder: Parameters,
  config: EncoderConfig,
  vocabularySize: number,
  random: Random,
): Parameters {
  const width = config.embeddingSize;
  return new Map([
    ...encoder,
    [`${HEAD}.dense.weight`, glorot(width, config.hiddenSize, random)],
    [`${HEAD}.dense.bias`, zeros(width)],
    [`${HEAD}.LayerNorm.weight`, { shape: [width], data: new Float32Array(width).fill(1) }],
    [`${HEAD}.LayerNorm.bias`, zeros(width)],
    [`${HEAD}.bias`, zeros(vocabularySize)],
  ]);
}

/** The encoder alone. */
export function withoutWordHead(parameters: Parameters): Parameters {
  return new Map([...parameters].filter(([name]) => !name.startsWith(`${HEAD}.`)));
}

/** The items of a batch; their sum is the mean loss over all its hidden places, in nats. */
export function maskedItems(
  tf: Tf,
  config: EncoderConfig,
  vocabulary: Int32Array,
  texts: readonly MaskedText[],
): LossItem[] {
  const total = texts.reduce((sum, { places }) => sum + places.length, 0);
  return texts.map(({ tokens, places, originals }) => ({
    // Every item scores the whole vocabulary, so its rows stand in the vocabulary's order.
    words: vocabulary,
    loss: ({ weight, wordRow }, random) => {
      const ints = (values: Int32Array) => tf.tensor1d(values, "int32");
      const ops = tfjsOps(tf, random === undefined ? { weight } : { weight, random });
      const scores = wordScores(ops, config, {
        tokens: ints(tokens.map(wordRow)),
        positions: ints(tokens.map((_, index) => index)),
        segment: ints(Int32Array.of(0)),
        places: ints(places),
      });
      const wanted = tf.oneHot(ints(originals.map(wordRow)), vocabulary.length);
      return tf.mul(tf.sum(tf.mul(tf.logSoftmax(scores), wanted)), -1 / total);
    },
  }));
}

/** Scores of the vocabulary at the hidden places: (M, V). */
function wordScores(ops: Ops<Tensor>, config: EncoderConfig, inputs: MaskedInputs<Tensor>): Tensor {
  const table = ops.weight(WORDS); // (V, d)
  const segment =
    config.segments === 0
      ? undefined
      : ops.gather(ops.weight("embeddings.token_type_embeddings.weight"), inputs.segment); // (1, d)
  let rows = embed(ops, config, ops.gather(table, inputs.tokens), inputs.positions, segment); // (T, D)
  const bias =
    config.relativeBuckets === 0
      ? undefined
      : ops.relativeBias(
          ops.weight("encoder.relative_attention_bias.weight"),
          inputs.positions,
          inputs.positions,
          "all",
          config,
        ); // (H, T, T)
  for (let layer = 0; layer < config.layers; layer++) {
    const name = layerName(layer);
    const { query, key, value } = project(ops, config, name, rows);
    const heads = (x: Tensor) => ops.splitHeads(x, config.heads); // (H, T, d)
    const attended = ops.mergeHeads(ops.attention(heads(query), heads(key), heads(value), bias));
    rows = finishLayer(ops, config, name, rows, attended);
  }
  const hidden = ops.gelu(dense(ops, `${HEAD}.dense`, ops.gather(rows, inputs.places))); // (M, d)
  const normal = ops.layerNorm(
    hidden,
    ops.weight(`${HEAD}.LayerNorm.weight`),
    ops.weight(`${HEAD}.LayerNorm.bias`),
    config.layerNormEpsilon,
  );
  return ops.add(ops.matmul(normal, table, true), ops.weight(`${HEAD}.bias`));
}
