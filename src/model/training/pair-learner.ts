/**
 * The pair network for training: a sequence a pair, batched by length, and the parameters that it starts from: an
 * encoder, prompts and tags as further entries of its vocabulary, a fresh classifier.
 */
import { documentText } from "../../core/document.js";
import type { Random } from "../../core/random.js";
import { required } from "../../core/required.js";
import { readCheckpoint } from "../checkpoints/read-checkpoint.js";
import { glorot, specialEmbeddings, zeros } from "../folder/initial-parameters.js";
import { cleanSequences, closingName } from "../inputs/clean-input.js";
import { labelIndex, type ModelLabels } from "../inputs/labels.js";
import type { EncoderConfig } from "../networks/encoder-config.js";
import { pairBatches } from "../networks/pair-batches.js";
import { type PairInputName, pairGraph } from "../networks/pair-network.js";
import { type Parameter, type Parameters, parameter } from "../ops/parameters.js";
import type { WordPieceTokenizer } from "../text/tokenizer.js";
import type { Learner } from "./learner.js";

/** Tokens in one pass, padding included: it bounds memory, as the gradients of a batch are taken pass by pass. */
const PASS_TOKENS = 2048;
const MAX_TOKENS = 512;
const WORDS = "embeddings.word_embeddings.weight";

/** Names of the entries that the clean input adds to a vocabulary: prompts, and tags that open and close. */
export function pairSpecials({ specials }: Pick<ModelLabels, "specials">): string[] {
  const markers = specials.filter((name) => name.startsWith("marker:"));
  return [...specials, ...markers.map(closingName)];
}

/** The learner on this encoder, whose word table ends with the specials. */
export function pairLearner(
  encoder: EncoderConfig,
  labels: ModelLabels,
  parameters: Parameters,
): Learner<PairInputName> {
  const specials = pairSpecials(labels);
  const first =
    required(parameter(parameters, WORDS).shape[0], "the rows of the word table") - specials.length;
  const specialId = (name: string) => first + labelIndex(specials, name);
  const maxTokens = Math.min(MAX_TOKENS, encoder.maxPositions);
  return {
    plan: `pair ${encoder.layers}x${encoder.hiddenSize}`,
    layers: encoder.layers,
    network: pairGraph(encoder),
    passes: ({ document, task, candidates }, tokenizer) => {
      const text = tokenizer.tokenize(documentText(document));
      const sequences = cleanSequences(tokenizer, specialId, maxTokens, task)(text, candidates);
      const ids = sequences.map((sequence) => sequence.ids);
      return Array.from(pairBatches(ids, 0, PASS_TOKENS), ({ members, feeds }) => ({
        feeds,
        candidates: members.map((member) => required(sequences[member], "the sequence of a pair").candidate),
      }));
    },
  };
}

/** Loads the encoder and adds what training starts from scratch. `random` decides the first weights of that. */
export async function loadPairParameters(
  checkpointDir: string,
  tokenizer: WordPieceTokenizer,
  labels: ModelLabels,
  random: Random,
): Promise<Parameters> {
  const { encoder, parameters: read } = await readCheckpoint(checkpointDir);
  const parameters = new Map(
    [...read].filter(([name]) => /^(embeddings|embeddings_project|encoder|pooler)\./.test(name)),
  );
  const words = parameter(read, WORDS);
  const specials = specialEmbeddings(words, tokenizer, { specials: pairSpecials(labels) }, random);
  parameters.set(WORDS, withRows(words, specials));
  const { hiddenSize: width, family } = encoder;
  const dense = (name: string, out: number) => {
    parameters.set(`${name}.weight`, glorot(out, width, random));
    parameters.set(`${name}.bias`, zeros(out));
  };
  const bert = family === "bert";
  const hidden = bert ? "pooler.dense" : "classifier.dense";
  if (!parameters.has(`${hidden}.weight`)) dense(hidden, width);
  dense(bert ? "classifier" : "classifier.out_proj", labels.classes.length);
  return parameters;
}

function withRows(table: Parameter, rows: Parameter): Parameter {
  const data = new Float32Array(table.data.length + rows.data.length);
  data.set(table.data);
  data.set(rows.data, table.data.length);
  const width = required(table.shape[1], "the width of a table");
  return { shape: [data.length / width, width], data };
}
