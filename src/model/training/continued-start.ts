/**
 * A trained document network as the start of another run: its encoder and hidden layer as they are; prompts, markers
 * and outputs by name, those that it did not have as in a first run.
 */

import type { Random } from "../../core/random.js";
import { glorot, qualifierHeads, specialEmbeddings, zeros } from "../folder/initial-parameters.js";
import type { StoredModel } from "../folder/model-folder.js";
import type { ModelLabels } from "../inputs/labels.js";
import { type Parameter, type Parameters, parameter } from "../ops/parameters.js";
import type { WordPieceTokenizer } from "../text/tokenizer.js";

/** Its parameters for a network of the same sizes with these labels. `random` decides what is new. */
export function continuedParameters(
  { description, parameters }: Pick<StoredModel, "description" | "parameters">,
  tokenizer: WordPieceTokenizer,
  labels: ModelLabels,
  random: Random,
): Parameters {
  const words = parameter(parameters, "embeddings.word_embeddings.weight");
  const { classes, specials } = description;
  const fresh = {
    specials: specialEmbeddings(words, tokenizer, labels, random),
    outputs: glorot(labels.classes.length, description.headSize, random),
    biases: zeros(labels.classes.length),
  };
  const kept = (name: string, start: Parameter, from: readonly string[], to: readonly string[]) =>
    [name, withRowsOf(parameter(parameters, name), from, start, to)] as const;
  return new Map([
    ...[...parameters].filter(([name]) => !QUALIFIER_HEAD.test(name)),
    ...continuedQualifiers({ description, parameters }, labels, random),
    kept("special.weight", fresh.specials, specials, labels.specials),
    kept("head.output.weight", fresh.outputs, classes, labels.classes),
    kept("head.output.bias", fresh.biases, classes, labels.classes),
  ]);
}

const QUALIFIER_HEAD = /^head\.(direction|novelty)\./;

/** What is said beside the class: as it was learned, or as in a first run where it was not; what is not asked for falls away. */
function continuedQualifiers(
  { description, parameters }: Pick<StoredModel, "description" | "parameters">,
  { qualifiers = [] }: ModelLabels,
  random: Random,
): Parameters {
  const fresh = qualifierHeads({ headSize: description.headSize, qualifiers }, random);
  return new Map([...fresh].map(([name, start]) => [name, parameters.get(name) ?? start]));
}

/** `start`, whose rows are named `to`, with the rows of `trained` that have the same names in `from`. */
function withRowsOf(
  trained: Parameter,
  from: readonly string[],
  start: Parameter,
  to: readonly string[],
): Parameter {
  const data = Float32Array.from(start.data);
  const width = data.length / to.length;
  for (const [row, name] of to.entries()) {
    const known = from.indexOf(name);
    if (known >= 0) data.set(trained.data.subarray(known * width, (known + 1) * width), row * width);
  }
  return { shape: start.shape, data };
}
