/**
 * The encoder of both networks, one definition for BERT (Devlin et al. 2019), ELECTRA (Clark et al. 2020) and
 * MPNet (Song et al. 2020): embeddings and the parts of a transformer layer. Who attends to whom is the
 * network's business (document-network.ts, pair-network.ts). Parameter names are BERT's for every family; the
 * readers of checkpoints map the others onto them.
 */

import type { Ops } from "../ops/ops.js";
import type { EncoderConfig } from "./encoder-config.js";

/** Queries, keys and values of a layer: (N, D) each; the queries are scaled already. */
export interface Projections<Tensor> {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
}

/**
 * Token rows with their place added, normalised and as wide as the layers: (N, d) -> (N, D). `positions` (N)
 * count from 0; `segment` (d) or (N, d) is added where the family has segments.
 */
export function embed<Tensor>(
  ops: Ops<Tensor>,
  config: EncoderConfig,
  rows: Tensor,
  positions: Tensor,
  segment: Tensor | undefined,
): Tensor {
  const place = ops.gather(ops.weight("embeddings.position_embeddings.weight"), positions);
  const placed = ops.add(rows, place);
  const sum = segment === undefined ? placed : ops.add(placed, segment);
  const normal = norm(ops, config, "embeddings.LayerNorm", sum);
  return config.embeddingSize === config.hiddenSize ? normal : dense(ops, "embeddings_project", normal);
}

/** The name that a layer's parameters begin with. */
export function layerName(layer: number): string {
  return `encoder.layer.${layer}`;
}

/** A layer's keys and values of its input rows (N, D), and the queries of the same rows or of those that ask. */
export function project<Tensor>(
  ops: Ops<Tensor>,
  config: EncoderConfig,
  layer: string,
  rows: Tensor,
  asking: Tensor = rows,
): Projections<Tensor> {
  const part = (name: string, of: Tensor) => dense(ops, `${layer}.attention.self.${name}`, of);
  return {
    query: ops.scale(part("query", asking), 1 / Math.sqrt(config.hiddenSize / config.heads)),
    key: part("key", rows),
    value: part("value", rows),
  };
}

/** The rest of a layer, after attention: its input rows and what they attended to, (N, D) each -> (N, D). */
export function finishLayer<Tensor>(
  ops: Ops<Tensor>,
  config: EncoderConfig,
  layer: string,
  rows: Tensor,
  attended: Tensor,
): Tensor {
  const context = dense(ops, `${layer}.attention.output.dense`, attended);
  const middle = norm(ops, config, `${layer}.attention.output.LayerNorm`, ops.add(rows, context));
  const inner = ops.gelu(dense(ops, `${layer}.intermediate.dense`, middle));
  const outer = ops.add(middle, dense(ops, `${layer}.output.dense`, inner));
  return norm(ops, config, `${layer}.output.LayerNorm`, outer);
}

/** x · Wᵀ + b with the parameters `name.weight` and `name.bias`. */
export function dense<Tensor>(ops: Ops<Tensor>, name: string, x: Tensor): Tensor {
  return ops.linear(x, ops.weight(`${name}.weight`), ops.weight(`${name}.bias`));
}

function norm<Tensor>(ops: Ops<Tensor>, config: EncoderConfig, name: string, x: Tensor): Tensor {
  return ops.layerNorm(x, ops.weight(`${name}.weight`), ops.weight(`${name}.bias`), config.layerNormEpsilon);
}
