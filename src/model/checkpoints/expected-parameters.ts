/**
 * The parameters that a network on a given encoder must have, by canonical name, with their shapes: what a
 * checkpoint is held against before it is used.
 */
import { MPNET_POSITION_OFFSET } from "../networks/encoder-config.js";
import type { CheckpointConfig } from "./checkpoint-config.js";

/** A shape; undefined where a length may be anything. */
export type ExpectedShape = readonly (number | undefined)[];

/**
 * The encoder's parameters as they lie in a file. MPNet's position table has rows that nothing uses, unless it was
 * written without them: `positions` says how many rows the file's table has.
 */
export function encoderShapes(
  { encoder, vocabulary, innerSize }: CheckpointConfig,
  positions: number | undefined,
): Map<string, ExpectedShape> {
  const { hiddenSize: D, embeddingSize: d, maxPositions, segments, relativeBuckets, heads } = encoder;
  const shapes = new Map<string, ExpectedShape>();
  const dense = (name: string, out: number | undefined, width: number | undefined) => {
    shapes.set(`${name}.weight`, [out, width]);
    shapes.set(`${name}.bias`, [out]);
  };
  const norm = (name: string, width: number) => {
    shapes.set(`${name}.weight`, [width]);
    shapes.set(`${name}.bias`, [width]);
  };
  const unused = encoder.family === "mpnet" && positions !== maxPositions ? MPNET_POSITION_OFFSET : 0;
  shapes.set("embeddings.word_embeddings.weight", [vocabulary, d]);
  shapes.set("embeddings.position_embeddings.weight", [maxPositions + unused, d]);
  if (segments > 0) shapes.set("embeddings.token_type_embeddings.weight", [segments, d]);
  norm("embeddings.LayerNorm", d);
  if (d !== D) dense("embeddings_project", D, d);
  if (relativeBuckets > 0) shapes.set("encoder.relative_attention_bias.weight", [relativeBuckets, heads]);
  for (let layer = 0; layer < encoder.layers; layer++) {
    const at = `encoder.layer.${layer}`;
    for (const part of ["query", "key", "value"]) dense(`${at}.attention.self.${part}`, D, D);
    dense(`${at}.attention.output.dense`, D, D);
    norm(`${at}.attention.output.LayerNorm`, D);
    dense(`${at}.intermediate.dense`, innerSize, D);
    dense(`${at}.output.dense`, D, innerSize);
    norm(`${at}.output.LayerNorm`, D);
  }
  return shapes;
}

/** The parameters of the family's own sequence classifier, without those of its encoder. */
export function classifierShapes({ encoder, labels }: CheckpointConfig): Map<string, ExpectedShape> {
  const D = encoder.hiddenSize;
  const bert = encoder.family === "bert";
  const [hidden, output] = bert
    ? ["pooler.dense", "classifier"]
    : ["classifier.dense", "classifier.out_proj"];
  return new Map<string, ExpectedShape>([
    [`${hidden}.weight`, [D, D]],
    [`${hidden}.bias`, [D]],
    [`${output}.weight`, [labels?.length, D]],
    [`${output}.bias`, [labels?.length]],
  ]);
}
