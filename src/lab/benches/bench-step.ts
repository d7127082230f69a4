/**
 * One update of the document network to be timed: an encoder's weights, made-up documents of a given size, no
 * dropout, so that another library can take the very same step.
 */
import { BioWeftError } from "../../core/errors.js";
import { type Random, seededRandom } from "../../core/random.js";
import { required } from "../../core/required.js";
import { readCheckpoint } from "../../model/checkpoints/read-checkpoint.js";
import { glorot, networkConfig, zeros } from "../../model/folder/initial-parameters.js";
import { FEATURES } from "../../model/inputs/pair-features.js";
import { type DocumentInputName, documentGraph } from "../../model/networks/document-graph.js";
import type { Feeds } from "../../model/ops/network.js";
import { type Parameter, type Parameters, parameter } from "../../model/ops/parameters.js";
import type { Tf } from "../../model/ops/tfjs-ops.js";
import { ADAMW_DEFAULTS } from "../../model/training/adamw.js";
import type { LossGradients } from "../../model/training/batch-gradients.js";
import { GradientEngine } from "../../model/training/gradient-engine.js";
import { type Gradients, WeightStore, WORDS } from "../../model/training/weight-store.js";

const CLASSES = 10;
const SPECIALS = 20;
const ENTITIES = 15;
const RATE = 1e-5;

/** How big the made-up documents are. */
interface StepSize {
  readonly documents: number;
  readonly tokens: number;
  readonly pairs: number;
}

/** A step, and what another library needs to take it too. */
export interface BenchStep {
  readonly sizes: { readonly layers: number; readonly heads: number; readonly layerNormEpsilon: number };
  readonly parameters: Parameters;
  /** The batch as plain JSON. */
  readonly passes: readonly { readonly feeds: unknown; readonly targets: readonly number[] }[];
  readonly rate: number;
  /** Forward and backward over the batch. */
  gradients(): Promise<LossGradients>;
  /** AdamW. */
  update(gradients: Gradients): void;
}

/** Prepares the step. Throws MODEL for a checkpoint that is not whole, CONFIG for one not of BERT's family. */
export async function benchStep(tf: Tf, encoderDir: string, size: StepSize): Promise<BenchStep> {
  const { encoder, parameters: encoderParameters } = await readCheckpoint(encoderDir);
  if (encoder.family !== "bert") {
    throw new BioWeftError("CONFIG", `the step is timed on BERT's family, and this is ${encoder.family}`);
  }
  if (size.tokens > encoder.maxPositions) {
    throw new BioWeftError(
      "CONFIG",
      `the encoder reads ${encoder.maxPositions} tokens; give --tokens no more`,
    );
  }
  const config = networkConfig(encoder, CLASSES);
  const random = seededRandom(1);
  const parameters = toNetwork(encoderParameters, config.hiddenSize, random);
  const words = required(parameter(parameters, WORDS).shape[0], "the rows of the word table");
  const batch = Array.from({ length: size.documents }, () => ({
    feeds: madeUpDocument(size, words, random),
    targets: Array.from({ length: size.pairs }, () => Math.floor(random.next() * CLASSES)),
  }));
  const store = new WeightStore(parameters);
  const engine = new GradientEngine(tf, documentGraph(config), store);
  let step = 0;
  return {
    sizes: { layers: config.layers, heads: config.heads, layerNormEpsilon: config.layerNormEpsilon },
    parameters,
    rate: RATE,
    passes: batch.map(({ feeds, targets }) => ({ feeds: plain(feeds), targets })),
    gradients: () => engine.gradients(batch),
    update: (gradients) => store.update(gradients, ++step, () => RATE, ADAMW_DEFAULTS),
  };
}

/** The encoder with random specials and head. */
function toNetwork(encoder: Parameters, width: number, random: Random): Map<string, Parameter> {
  const used = /^(embeddings\.(word|position)_embeddings|embeddings\.LayerNorm|encoder)\./;
  const segments = parameter(encoder, "embeddings.token_type_embeddings.weight");
  return new Map([
    ...[...encoder].filter(([name]) => used.test(name)),
    ["special.segment", { shape: [width], data: segments.data.slice(0, width) }],
    ["special.weight", glorot(SPECIALS, width, random)],
    ["head.hidden.weight", glorot(width, 5 * width + FEATURES, random)],
    ["head.hidden.bias", zeros(width)],
    ["head.output.weight", glorot(CLASSES, width, random)],
    ["head.output.bias", zeros(CLASSES)],
  ]);
}

/** A document of random words: every entity has three mentions, every pair two of the entities. */
function madeUpDocument(
  { tokens, pairs }: StepSize,
  words: number,
  random: Random,
): Feeds<DocumentInputName> {
  const below = (limit: number) => Math.floor(random.next() * limit);
  const ints = (length: number, value: (index: number) => number) => ({
    data: Int32Array.from({ length }, (_, index) => value(index)),
    shape: [length],
  });
  const mentions = 3 * ENTITIES;
  const named = (entity: number, mention: number) => Number(mention % ENTITIES === entity);
  return {
    tokens: ints(tokens - 1, () => below(words)),
    prompt: ints(1, () => 0),
    positions: ints(tokens, (index) => index),
    markers: ints(2 * pairs, () => 1 + below(SPECIALS - 1)),
    markerPositions: ints(2 * pairs, () => below(tokens)),
    mentionRows: ints(mentions, () => below(tokens)),
    membership: {
      data: Float32Array.from({ length: ENTITIES * mentions }, (_, index) =>
        named(Math.floor(index / mentions), index % mentions),
      ),
      shape: [ENTITIES, mentions],
    },
    subjects: ints(pairs, () => below(ENTITIES)),
    objects: ints(pairs, () => below(ENTITIES)),
    features: { data: new Float32Array(pairs * FEATURES), shape: [pairs, FEATURES] },
  };
}

/** Arrays as JSON has them. */
function plain(feeds: Feeds<DocumentInputName>): unknown {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { data, shape }]) => [
      name,
      { data: [...data], shape, type: data instanceof Int32Array ? "int32" : "float32" },
    ]),
  );
}
