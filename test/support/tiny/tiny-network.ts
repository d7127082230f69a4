/**
 * A document network small enough to check by value, with random weights, and views made up for it: no
 * tokenizer, no text.
 */

import { seededRandom } from "../../../src/core/random.js";
import type { DocumentView } from "../../../src/model/inputs/document-input.js";
import { QUALIFIERS } from "../../../src/model/inputs/labels.js";
import { FEATURES } from "../../../src/model/inputs/pair-features.js";
import type { DocumentNetworkConfig } from "../../../src/model/networks/document-network.js";
import type { Parameter } from "../../../src/model/ops/parameters.js";

/** Vocabulary size of the tiny network. */
export const TINY_WORDS = 30;
const SPECIALS = 8;

export const TINY: DocumentNetworkConfig = {
  family: "bert",
  hiddenSize: 16,
  embeddingSize: 16,
  layers: 2,
  heads: 2,
  layerNormEpsilon: 1e-12,
  maxPositions: 40,
  segments: 2,
  relativeBuckets: 0,
  headSize: 12,
  classes: 5,
};

/** The tiny network on an encoder of the other families. */
export const TINY_ELECTRA: DocumentNetworkConfig = { ...TINY, family: "electra", embeddingSize: 8 };
export const TINY_MPNET: DocumentNetworkConfig = {
  ...TINY,
  family: "mpnet",
  segments: 0,
  relativeBuckets: 8,
};

/** One that says more of a related pair than its class. */
export const TINY_QUALIFIED: DocumentNetworkConfig = { ...TINY_MPNET, qualifiers: ["direction", "novelty"] };

/** Random weights of every name and shape that the tiny network asks for. */
export function tinyParameters(seed = 1, config = TINY, words = TINY_WORDS): Map<string, Parameter> {
  const random = seededRandom(seed);
  const D = config.hiddenSize;
  const d = config.embeddingSize;
  const parameters = new Map<string, Parameter>();
  const add = (name: string, shape: readonly number[], centre = 0, deviation = 0.3) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const data = Float32Array.from({ length: size }, () => centre + deviation * random.normal());
    parameters.set(name, { shape, data });
  };
  const dense = (name: string, out: number, width: number) => {
    add(`${name}.weight`, [out, width]);
    add(`${name}.bias`, [out]);
  };
  const norm = (name: string, width = D) => {
    add(`${name}.weight`, [width], 1, 0.1);
    add(`${name}.bias`, [width]);
  };
  add("embeddings.word_embeddings.weight", [words, d]);
  add("embeddings.position_embeddings.weight", [TINY.maxPositions, d]);
  if (config.segments > 0) add("special.segment", [d]);
  add("special.weight", [SPECIALS, d]);
  norm("embeddings.LayerNorm", d);
  if (d !== D) dense("embeddings_project", D, d);
  if (config.relativeBuckets > 0)
    add("encoder.relative_attention_bias.weight", [config.relativeBuckets, config.heads]);
  for (let layer = 0; layer < TINY.layers; layer++) {
    const at = `encoder.layer.${layer}`;
    for (const part of ["query", "key", "value"]) dense(`${at}.attention.self.${part}`, D, D);
    dense(`${at}.attention.output.dense`, D, D);
    norm(`${at}.attention.output.LayerNorm`);
    dense(`${at}.intermediate.dense`, 4 * D, D);
    dense(`${at}.output.dense`, D, 4 * D);
    norm(`${at}.output.LayerNorm`);
  }
  dense("head.hidden", config.headSize, 5 * D + FEATURES);
  dense("head.output", config.classes, config.headSize);
  for (const name of config.qualifiers ?? []) dense(`head.${name}`, QUALIFIERS[name].length, config.headSize);
  return parameters;
}

/** A view of random tokens with the given number of pairs among four entities. */
export function tinyView(seed: number, words = 12, pairs = 3): DocumentView {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random.next() * limit);
  const ints = (length: number, draw: (index: number) => number) =>
    Int32Array.from({ length }, (_, i) => draw(i));
  const entities = 4;
  const mentions = 5;
  return {
    readings: Array.from({ length: pairs }, () => UNUSED),
    tokens: ints(words, () => below(TINY_WORDS)),
    prompt: Int32Array.of(0),
    positions: ints(words + 1, (row) => (row < 2 ? 1 - row : row)),
    markers: ints(2 * pairs, () => 1 + below(SPECIALS - 1)),
    markerPositions: ints(2 * pairs, () => below(words)),
    mentionRows: ints(mentions, () => 1 + below(words)),
    // Every entity has its own mention; the last mention names all of them.
    membership: Float32Array.from({ length: entities * mentions }, (_, i) =>
      Number(i % mentions === Math.floor(i / mentions) || i % mentions === mentions - 1),
    ),
    entities,
    subjects: ints(pairs, () => below(entities)),
    objects: ints(pairs, () => below(entities)),
    features: Float32Array.from({ length: pairs * FEATURES }, () => below(2)),
  };
}

const NOBODY = { curie: "MESH:D000000", type: "Chemical", role: "Chemical", mentions: [] } as const;
const NOWHERE = { start: 0, end: 0, text: "", type: "Chemical", ids: [], sourceIds: [] } as const;
/** The network never looks at what its rows answer for: only their number counts. */
const UNUSED = {
  candidate: { subject: NOBODY, object: NOBODY, pairType: "C-C" },
  ...{ subject: NOWHERE, object: NOWHERE, subjectToken: 0, objectToken: 0 },
} as const;
