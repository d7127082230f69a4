/**
 * One training run from corpora on disk to a model folder: what `bioweft train` and every cell of
 * `bioweft reproduce` are.
 */

import { resolve } from "node:path";
import { corpusByName } from "../../../ingest/corpora/reading-corpora.js";
import type { MatrixPrecision } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import type { NetworkKind } from "../../core/prediction.js";
import type { RelationScores } from "../../evaluation/relation-scores.js";
import { DEFAULT_PROMPT, type ModelLabels, type QualifierName } from "../../model/inputs/labels.js";
import type { DocumentInputName } from "../../model/networks/document-graph.js";
import type { DocumentNetworkConfig } from "../../model/networks/document-network.js";
import { loadTensorflow, type TensorflowName } from "../../model/ops/tensorflow.js";
import { loadTokenizer } from "../../model/text/tokenizer.js";
import { CLASS_WEIGHTINGS, countedWeights, parseClassWeights } from "../../model/training/class-weights.js";
import { trainingEnvironment } from "../../model/training/environment.js";
import type { HeldOutScores } from "../../model/training/held-out.js";
import { type CorpusExamples, hasOwnHeads, type Method, methodPhases } from "../../model/training/methods.js";
import { type TrainingSettings, totalSteps } from "../../model/training/plan.js";
import { classifierTeacher, type DistillationSettings } from "../../model/training/teacher.js";
import {
  type TrainedNetwork,
  type TrainingProgress,
  type TrainingRun,
  trainNetwork,
} from "../../model/training/trainer.js";
import { startProgress } from "../../terminal/progress.js";
import { EXACT_ENGINE, loadChosenModel } from "../evaluation/chosen-model.js";
import { scoringRule } from "../evaluation/scoring-rule.js";
import { trainedElsewhere } from "./carried-training.js";
import { HELD_FILE } from "./held-papers.js";
import { splitHeld } from "./held-split.js";
import {
  chosenLabels,
  countExamples,
  type ReadExamples,
  readTrainingExamples,
  readUnlabelled,
} from "./training-corpora.js";
import { documentStart, type ModelName, pairStart, type TrainingStart } from "./training-start.js";
import { describeRun, progressNote } from "./training-words.js";

/** Everything that a run can be asked for. Paths as given, relative ones to the working directory. */
export interface TrainingChoice {
  /** The task first. */
  readonly corpora: readonly string[];
  readonly from: string;
  readonly method: Method;
  /** The document network by default. */
  readonly network?: NetworkKind;
  readonly encoder: string;
  readonly run: string;
  readonly out: string;
  readonly id: string;
  /** Epochs over the task alone, and before them over what the method mixes. */
  readonly epochs: number;
  readonly mixedEpochs: number;
  /** How often a corpus's documents are seen in a mixed epoch; 1 where not named. */
  readonly weights: ReadonlyMap<string, number>;
  /** How often an epoch over the task sees the others beside it: not at all where not named. */
  readonly lastWeights?: ReadonlyMap<string, number>;
  /** Documents of the task's training part kept back, for calibration and early stopping. */
  readonly held: number;
  /** Documents of each other corpus with a prompt of its own kept back, for the calibration of that prompt. */
  readonly heldOthers: number;
  readonly limit?: number;
  readonly fraction: number;
  readonly otherFraction: number;
  readonly without: ReadonlySet<string>;
  readonly settings: TrainingSettings;
  /** What the document network learns to say of related pairs beside their type; nothing by default. */
  readonly qualifiers?: readonly QualifierName[];
  /** A weighting's name or a list of weights. */
  readonly classWeights: string;
  readonly teacher?: string;
  readonly distillation: DistillationSettings;
  readonly backend: TensorflowName;
  readonly precision: MatrixPrecision;
  readonly checkpointSeconds: number;
  /** A folder by which the run is carried to another machine, and corpora that a teacher answers there. */
  readonly carry?: string;
  readonly unlabelled?: readonly string[];
}

/** What came of a run. */
export interface TrainingOutcome {
  readonly out: string;
  readonly calibration: { readonly temperature: number; readonly threshold: number };
  readonly held: RelationScores;
  /** The same of the other corpora's prompts, by prompt, on their own held-out documents. */
  readonly prompts: Readonly<Record<string, HeldOutScores>>;
}

/**
 * Runs it, or what is left of it; undefined for a run that has been laid down to be carried, and has not come back.
 * Throws CANCELLED, after a checkpoint, when the signal fires.
 */
export async function runTraining(
  choice: TrainingChoice,
  signal: AbortSignal,
): Promise<TrainingOutcome | undefined> {
  const { tf, name: backend } = await loadTensorflow(choice.backend, choice.precision);
  const { labels, read, learned, held, heldPrompts, papers, phases, settings } = await prepare(choice);
  const tokenizer = await loadTokenizer(choice.encoder);
  const steps = totalSteps(phases, settings);
  process.stderr.write(`${describeRun(learned, papers)}; ${steps} steps on ${backend}\n`);
  const classifier =
    choice.teacher === undefined
      ? undefined
      : await loadChosenModel({ model: choice.teacher, engine: EXACT_ENGINE });
  const bar = startProgress("training", "steps", steps);
  const run = {
    ...{ tf, tokenizer, classes: labels.classes, phases, held, heldPrompts, settings, signal },
    ...(labels.qualifiers === undefined ? {} : { qualifiers: labels.qualifiers }),
    ...(read[0] === undefined ? {} : { rule: scoringRule(read[0].corpus) }),
    ...(classifier === undefined
      ? {}
      : { teacher: classifierTeacher(classifier, labels, choice.distillation) }),
    runDir: resolve(choice.run),
    description: {
      config: toConfig(choice, settings),
      corpora: learned.map((one) => countExamples(one, labels)),
      environment: trainingEnvironment(tf),
      [HELD_FILE]: papers,
    },
    checkpointSeconds: choice.checkpointSeconds,
    onProgress: (progress: TrainingProgress) => bar.update(progress.step, progressNote(progress)),
  };
  const name = {
    id: choice.id,
    corpora: read.map(({ corpus }) => corpus.name),
    prompt: read[0]?.corpus.prompt ?? DEFAULT_PROMPT,
  };
  const start = { encoder: choice.encoder, tokenizer, labels, settings, heads: corpusHeads(read) };
  try {
    if (choice.network === "pair") {
      return await trainAndWrite(await pairStart(start), run, trainNetwork, choice.out, name);
    }
    const begun = await documentStart(start);
    const carried = await carriedTrainer(choice, labels, begun.config, settings.maxPairs);
    return await trainAndWrite(begun, run, carried ?? trainNetwork, choice.out, name);
  } finally {
    bar.stop();
    await classifier?.dispose();
  }
}

/** Reads the corpora and lays out the phases. Throws CONFIG for a choice that leaves nothing to learn. */
async function prepare(choice: TrainingChoice) {
  if (choice.network === "pair" && hasOwnHeads(choice.method)) {
    const reason = `the pair network has one head: --method ${choice.method} needs --network document`;
    throw new BioWeftError("CONFIG", reason);
  }
  if (choice.network === "pair" && choice.qualifiers !== undefined) {
    throw new BioWeftError(
      "CONFIG",
      "the pair network says a type alone: --qualifiers needs --network document",
    );
  }
  if (choice.network === "pair" && choice.settings.mentionPairs > 1) {
    const reason = "the pair network reads all mentions at once: --mention-pairs needs --network document";
    throw new BioWeftError("CONFIG", reason);
  }
  if (choice.carry !== undefined) refuseWhatIsNotCarried(choice);
  const corpora = choice.corpora.map(corpusByName);
  const labels = chosenLabels(corpora, choice.method, choice.qualifiers);
  const read = await readTrainingExamples({ ...choice, corpora, seed: choice.settings.seed }, labels);
  const split = splitHeld(read, { ...choice, seed: choice.settings.seed });
  const { learned } = split;
  const parts = learned.map(({ corpus, examples }) => ({
    name: corpus.name,
    examples,
    weight: choice.weights.get(corpus.name) ?? 1,
  }));
  const [task, ...others] = parts;
  if (task === undefined) throw new BioWeftError("CONFIG", "no corpus is named; say --corpus biored");
  refuseUnmixed("--weights", choice.weights, parts);
  refuseUnmixed("--last-weights", choice.lastWeights, parts);
  const epochs = { mixed: choice.mixedEpochs, task: choice.epochs };
  const phases = methodPhases(choice.method, task, others, epochs, choice.lastWeights);
  if (phases.length === 0) {
    throw new BioWeftError("CONFIG", "there is nothing to train on: no epoch is left, or no corpus to mix");
  }
  const weighed = choice.method === "biorex" ? parts : [task];
  const classWeights = weightsOf(choice.classWeights, labels.classes, weighed);
  return { labels, read, ...split, phases, settings: { ...choice.settings, classWeights } };
}

/** What trains a network on another machine; undefined for a run that is not to be carried. */
async function carriedTrainer(
  choice: TrainingChoice,
  labels: ModelLabels,
  config: DocumentNetworkConfig,
  maxPairs: number,
) {
  const { carry, distillation } = choice;
  if (carry === undefined) return undefined;
  const unlabelled = await unlabelledExamples(choice, labels, maxPairs);
  const what = { labels, unlabelled, config, distillation };
  return (run: TrainingRun<DocumentInputName>) => trainedElsewhere(resolve(carry), run, what);
}

function unlabelledExamples(choice: TrainingChoice, labels: ModelLabels, maxPairs: number) {
  const corpora = choice.corpora.map(corpusByName);
  const named = (choice.unlabelled ?? []).map(corpusByName);
  return readUnlabelled({ ...choice, corpora, seed: choice.settings.seed }, named, labels, maxPairs);
}

async function trainAndWrite<Name extends string>(
  { learner, initial, write }: TrainingStart<Name>,
  run: Omit<TrainingRun<Name>, "learner" | "initial">,
  train: (run: TrainingRun<Name>) => Promise<TrainedNetwork | undefined>,
  out: string,
  name: ModelName,
): Promise<TrainingOutcome | undefined> {
  const trained = await train({ ...run, learner, initial });
  if (trained === undefined) return undefined;
  await write(resolve(out), trained, name);
  const { calibration, held, prompts } = trained;
  return { out: resolve(out), calibration, held, prompts: Object.fromEntries(prompts) };
}

function refuseUnmixed(
  option: string,
  weights: ReadonlyMap<string, number> | undefined,
  parts: readonly CorpusExamples[],
): void {
  const unknown = [...(weights?.keys() ?? [])].find((name) => !parts.some((part) => part.name === name));
  if (unknown === undefined) return;
  const names = parts.map(({ name }) => name).join(", ");
  throw new BioWeftError("CONFIG", `${option} names ${unknown}, which is not mixed; there are ${names}`);
}

function corpusHeads(read: readonly ReadExamples[]) {
  return read.flatMap(({ corpus, ownClasses }) =>
    ownClasses === undefined ? [] : [{ name: corpus.name, classes: ownClasses }],
  );
}

function weightsOf(text: string, classes: readonly string[], parts: readonly CorpusExamples[]): number[] {
  const weighting = CLASS_WEIGHTINGS.find((name) => name === text);
  if (weighting === undefined) return parseClassWeights(text, classes);
  return countedWeights(
    weighting,
    classes,
    parts.flatMap(({ examples }) => examples),
  );
}

/** The choice as JSON has it. */
function toConfig(
  { settings: _, weights, lastWeights, without, ...choice }: TrainingChoice,
  settings: TrainingSettings,
) {
  const named = { weights: Object.fromEntries(weights), lastWeights: Object.fromEntries(lastWeights ?? []) };
  return { ...choice, ...named, without: [...without], settings };
}

/** Throws CONFIG for what train.py does not do. */
function refuseWhatIsNotCarried(choice: TrainingChoice): void {
  const { settings } = choice;
  const asked = Object.entries({
    "--network pair": choice.network === "pair",
    [`--method ${choice.method}`]: hasOwnHeads(choice.method),
    "--patience": settings.patience > 0,
    "--qualifiers": choice.qualifiers !== undefined,
    "--class-weights": choice.classWeights !== "none",
    "--focal-gamma": settings.focalGamma > 0,
  }).flatMap(([option, isAsked]) => (isAsked ? [option] : []));
  if (asked.length === 0) return;
  throw new BioWeftError("CONFIG", `a carried run knows no ${asked.join(", no ")}; leave it out, or --carry`);
}
