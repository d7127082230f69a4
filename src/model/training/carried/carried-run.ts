/**
 * A training run laid down in a folder for scripts/train-gpu/train.py, which needs PyTorch and nothing of ours, and the
 * weights that it brings back. The run is the very same: examples, phases, rates, what is frozen, first weights
 * (rounded to 8-bit integers, as a folder that travels should be small). The order of documents is the trainer's own.
 *
 * `run.json` says what to do, `examples.safetensors` holds the arrays of carried-examples.ts, `initial.safetensors`
 * the first weights, of the word table only the rows that the examples use; `trained.safetensors` comes back.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../../core/errors.js";
import { readJsonFile, writeJsonFile } from "../../../core/files/json-file.js";
import { required } from "../../../core/required.js";
import { negativeClasses } from "../../answers/strongest-reading.js";
import { readSafetensors } from "../../checkpoints/safetensors-file.js";
import { writeSafetensors, writeWholeNumbers } from "../../checkpoints/write-safetensors.js";
import type { ModelLabels } from "../../inputs/labels.js";
import { FEATURES } from "../../inputs/pair-features.js";
import type { DocumentNetworkConfig } from "../../networks/document-network.js";
import { type Parameter, type Parameters, parameter } from "../../ops/parameters.js";
import { bucketOfDifference } from "../../ops/relative-position.js";
import type { WordPieceTokenizer } from "../../text/tokenizer.js";
import { ADAMW_DEFAULTS } from "../adamw.js";
import type { TrainingExample } from "../examples.js";
import { frozenBy, learningRates } from "../learning-rates.js";
import { maskToken } from "../mask-token.js";
import type { TrainingPhase, TrainingSettings } from "../plan.js";
import type { DistillationSettings } from "../teacher.js";
import { WORDS } from "../weight-store.js";
import { type CarriedArrays, type CarriedViewSettings, carriedExamples } from "./carried-examples.js";

/** A run that is to be carried. */
export interface CarriedRun {
  /** What must be the same for weights that come back to be of use. */
  readonly plan: string;
  readonly config: DocumentNetworkConfig;
  readonly labels: ModelLabels;
  readonly tokenizer: WordPieceTokenizer;
  readonly initial: Parameters;
  /** The last begins with the task, whose examples a teacher answers. */
  readonly phases: readonly TrainingPhase[];
  /** Examples of the task without classes, which a teacher answers. */
  readonly unlabelled: readonly TrainingExample[];
  readonly settings: TrainingSettings;
  /** How a teacher's answers count, whoever answers. */
  readonly distillation: DistillationSettings;
}

const RUN = "run.json";
const TRAINED = "trained.safetensors";

const runSchema = z.object({ plan: z.string(), words: z.array(z.number()) });

/** Lays a run down in a folder, which is made. Throws BAD_INPUT where it cannot be written. */
export async function writeCarriedRun(dir: string, run: CarriedRun): Promise<void> {
  const { config, labels, tokenizer, settings, phases, unlabelled, distillation } = run;
  const sources = phases.flatMap((phase) => phase.sources.map(({ examples }) => examples));
  // What a teacher answers comes first, so that its answers are of use to runs with other phases.
  const taught = taughtExamples(run);
  const examples = [...new Set([...taught, ...sources.flat()])];
  const carried = carriedExamples(examples, viewSettings(run));
  const mask = maskToken(tokenizer);
  const words = [...new Set([mask, ...carried.arrays.tokens])].sort((a, b) => a - b);
  const places = new Map(words.map((word, place) => [word, place]));
  const tokens = carried.arrays.tokens.map((word) => required(places.get(word), "the row of a word"));
  const indexOf = new Map(examples.map((example, index) => [example, index]));
  const indexes = (some: readonly TrainingExample[]) =>
    some.map((example) => required(indexOf.get(example), "the place of an example"));
  const { layers, heads, layerNormEpsilon } = config;
  await mkdir(dir, { recursive: true });
  const arrays = { ...carried.arrays, tokens } satisfies CarriedArrays;
  await writeWholeNumbers(join(dir, "examples.safetensors"), arrays);
  await writeSafetensors(join(dir, "initial.safetensors"), withWordRows(run.initial, words), "int8");
  await writeJsonFile(join(dir, RUN), {
    plan: run.plan,
    network: { layers, heads, layerNormEpsilon, features: FEATURES },
    buckets: config.relativeBuckets === 0 ? [] : [...bucketOfDifference(config)],
    classes: labels.classes,
    negatives: negativeClasses(labels.classes),
    words,
    mask: required(places.get(mask), "the row of the mask"),
    firstViews: carried.firstViews,
    phases: phases.map(({ name, epochs, sources: mixed }) => ({
      name,
      epochs,
      sources: mixed.map(({ examples: own, weight }) => ({ examples: indexes(own), weight })),
    })),
    unlabelled: indexes(unlabelled),
    taught: taught.length,
    settings,
    distillation,
    adamw: ADAMW_DEFAULTS,
    rates: ratesOf(run),
  });
}

/** What a teacher is asked about: the last phase's first source, which is the task, and what is unlabelled. */
export function taughtExamples({
  phases,
  unlabelled,
}: Pick<CarriedRun, "phases" | "unlabelled">): TrainingExample[] {
  return [...new Set([...(phases.at(-1)?.sources[0]?.examples ?? []), ...unlabelled])];
}

/** How a run's examples become arrays. */
export function viewSettings({ config, labels, tokenizer, settings }: CarriedRun): CarriedViewSettings {
  return { tokenizer, labels, maxPositions: config.maxPositions, mentionPairs: settings.mentionPairs };
}

/**
 * The weights that a trainer left in a run's folder; "untrained" where it has not, undefined where no run lies there.
 * Throws CONFIG where another run lies there, MODEL where the weights are not this one's.
 */
export async function readCarriedWeights(
  dir: string,
  { plan, initial }: Pick<CarriedRun, "plan" | "initial">,
): Promise<Parameters | "untrained" | undefined> {
  if (!existsSync(join(dir, RUN))) return undefined;
  const run = await readJsonFile(join(dir, RUN), runSchema, "is no carried run; give another folder");
  if (run.plan !== plan) {
    const reason = `${dir} holds another run (${run.plan}); give the same options, or another folder`;
    throw new BioWeftError("CONFIG", reason);
  }
  const file = join(dir, TRAINED);
  if (!existsSync(file)) return "untrained";
  const trained = await readSafetensors(file);
  return new Map(
    [...initial].map(([name, start]) => [name, broughtBack(file, name, start, trained, run.words)]),
  );
}

function broughtBack(
  file: string,
  name: string,
  start: Parameter,
  trained: Parameters,
  words: readonly number[],
): Parameter {
  const found = trained.get(name);
  if (found === undefined) return start;
  const expected =
    name === WORDS
      ? words.length * required(start.shape[1], "the width of the word table")
      : start.data.length;
  if (found.data.length !== expected) {
    const reason = `${name} has ${found.data.length} numbers, and this run's has ${expected}; were other options given?`;
    throw new BioWeftError("MODEL", reason, { place: { file } });
  }
  if (name !== WORDS) return { shape: start.shape, data: found.data };
  const width = required(start.shape[1], "the width of the word table");
  const data = start.data.slice();
  for (const [place, word] of words.entries()) {
    data.set(found.data.subarray(place * width, (place + 1) * width), word * width);
  }
  return { shape: start.shape, data };
}

function withWordRows(parameters: Parameters, words: readonly number[]): Parameters {
  const { shape, data } = parameter(parameters, WORDS);
  const width = required(shape[1], "the width of the word table");
  const kept = new Float32Array(words.length * width);
  for (const [place, word] of words.entries()) {
    kept.set(data.subarray(word * width, (word + 1) * width), place * width);
  }
  return new Map([...parameters, [WORDS, { shape: [words.length, width], data: kept }]]);
}

/** Peak learning rates by weight; those that are frozen have none. */
function ratesOf({ initial, settings, config }: CarriedRun): Record<string, number> {
  const frozen = frozenBy(settings);
  const rate = learningRates(settings, config.layers);
  const learning = [...initial.keys()].filter((name) => !frozen(name));
  return Object.fromEntries(learning.map((name) => [name, rate(name)]));
}
