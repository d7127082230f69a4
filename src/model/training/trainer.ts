/**
 * Trains a relation network: what an update of the training loop is, and what the held-out documents say after each
 * epoch, early stopping included. Ends with weights and their calibration on the held-out documents.
 */

import { seededRandom } from "../../core/random.js";
import type { RelationScores, ScoringRule } from "../../evaluation/relation-scores.js";
import type { Calibration } from "../answers/decoding.js";
import type { QualifierName } from "../inputs/labels.js";
import type { Parameters } from "../ops/parameters.js";
import type { Tf } from "../ops/tfjs-ops.js";
import type { WordPieceTokenizer } from "../text/tokenizer.js";
import { ADAMW_DEFAULTS } from "./adamw.js";
import type { TrainingExample } from "./examples.js";
import { GradientEngine } from "./gradient-engine.js";
import { type HeldOutScores, type HeldPrompt, heldOutQuality, scoreHeldOut } from "./held-out.js";
import type { Learner } from "./learner.js";
import { learningRates } from "./learning-rates.js";
import { type PlannedStep, planName, plannedSteps, type TrainingPhase, totalSteps } from "./plan.js";
import type { RunFolder, RunProgress } from "./run-folder.js";
import type { Teacher } from "./teacher.js";
import { type KeptRun, type Learning, openRun, type StepProgress, takeSteps } from "./training-loop.js";
import { type PassSettings, trainingPasses } from "./training-passes.js";
import { WeightStore } from "./weight-store.js";

/** What a run needs. */
export interface TrainingRun<Name extends string = string> extends KeptRun {
  readonly tf: Tf;
  readonly tokenizer: WordPieceTokenizer;
  /** Names of the network's outputs. */
  readonly classes: readonly string[];
  /** What it says beside the class. */
  readonly qualifiers?: readonly QualifierName[];
  readonly learner: Learner<Name>;
  readonly initial: Parameters;
  readonly phases: readonly TrainingPhase[];
  readonly held: readonly TrainingExample[];
  /** How the task is scored; as BioRED by default. */
  readonly rule?: ScoringRule;
  /** Held-out documents of other corpora, each of another prompt. */
  readonly heldPrompts?: readonly HeldPrompt[];
  /** Whose answers are learned beside the gold ones. */
  readonly teacher?: Teacher;
  onProgress(progress: TrainingProgress): void;
}

/** Where a run stands; `held` is there after each epoch. */
export interface TrainingProgress extends StepProgress {
  readonly phase: string;
  readonly epoch: number;
  readonly held?: RelationScores;
}

/** A trained network. */
export interface TrainedNetwork {
  readonly parameters: Parameters;
  readonly calibration: Calibration;
  /** Scores of the held-out documents at that calibration (which was fitted on them). */
  readonly held: RelationScores;
  /** The same of other prompts than the task's, by prompt. */
  readonly prompts: ReadonlyMap<string, HeldOutScores>;
}

/** Runs a plan to its end; throws CANCELLED, after a checkpoint, when the signal fires. */
export async function trainNetwork<Name extends string>(run: TrainingRun<Name>): Promise<TrainedNetwork> {
  const opened = await openRun(run, planName(run), run.initial);
  const { folder, store } = opened;
  const reached = await takeSteps(run, opened, relationLearning(run, folder, engineOf(run, store)));
  const parameters = reached.bestScore === undefined ? store.best() : await folder.readBest();
  const trained = await calibrated(run, parameters);
  const { calibration, held } = trained;
  await folder.report({
    step: reached.step,
    calibration,
    held,
    prompts: Object.fromEntries(trained.prompts),
  });
  await folder.draw();
  return trained;
}

/** Weights with their calibrations on the run's held-out documents, of which some must be related for that. */
export async function calibrated<Name extends string>(
  run: TrainingRun<Name>,
  parameters: Parameters,
): Promise<TrainedNetwork> {
  const engine = engineOf(run, new WeightStore(parameters));
  const settings = passSettings(run);
  const { calibration, scores } = await scoreHeldOut(engine, run.held, settings, run.rule);
  const prompts = new Map<string, HeldOutScores>();
  for (const { prompt, rule, examples } of run.heldPrompts ?? []) {
    if (examples.every(({ document }) => document.relations.length === 0)) continue;
    prompts.set(prompt, await scoreHeldOut(engine, examples, settings, rule));
  }
  return { parameters, calibration, held: scores, prompts };
}

/** What the loop takes its steps with. */
function relationLearning<Name extends string>(
  run: TrainingRun<Name>,
  folder: RunFolder,
  engine: GradientEngine<Name>,
): Learning<PlannedStep, RelationScores> {
  const { phases, settings } = run;
  const { patience } = settings;
  return {
    name: "training",
    steps: totalSteps(phases, settings),
    planned: (from) => plannedSteps(phases, settings, from),
    update: (planned, step) => takeStep(run, engine, planned, step),
    async score({ inLastPhase }, at) {
      if (run.held.length === 0) return { at };
      const { scores } = await scoreHeldOut(engine, run.held, passSettings(run), run.rule);
      return {
        score: scores,
        at: inLastPhase && patience > 0 ? await judged(folder, engine, at, scores) : at,
      };
    },
    isOver: ({ staleEpochs }) => patience > 0 && staleEpochs >= patience,
    report(step, { phase, epoch }, held) {
      const progress = { ...step, phase, epoch, ...(held === undefined ? {} : { held }) };
      run.onProgress(progress);
      return progress;
    },
  };
}

/** Keeps the weights if they are the best so far; counts the epoch as stale if not. */
async function judged<Name extends string>(
  folder: RunFolder,
  engine: GradientEngine<Name>,
  at: RunProgress,
  scores: RelationScores,
): Promise<RunProgress> {
  const score = heldOutQuality(scores);
  if (at.bestScore !== undefined && score <= at.bestScore) return { ...at, staleEpochs: at.staleEpochs + 1 };
  await folder.saveBest(engine.store.best());
  return { ...at, staleEpochs: 0, bestScore: score };
}

/** One update; its loss. `step` counts from 0 and alone decides what is drawn at random. */
async function takeStep<Name extends string>(
  run: TrainingRun<Name>,
  engine: GradientEngine<Name>,
  planned: PlannedStep,
  step: number,
): Promise<number> {
  const random = seededRandom(run.settings.seed * 7919 + step);
  const batch = [];
  for (const example of planned.examples) {
    batch.push(...(await trainingPasses(example, passSettings(run), random)));
  }
  const rates = learningRates(run.settings, run.learner.layers);
  return engine.step(
    batch,
    step + 1,
    (name) => planned.rate * rates(name),
    ADAMW_DEFAULTS,
    () => random.next(),
  );
}

function engineOf<Name extends string>(run: TrainingRun<Name>, store: WeightStore): GradientEngine<Name> {
  const distillation = run.teacher?.settings;
  const loss = distillation === undefined ? run.settings : { ...run.settings, distillation };
  return new GradientEngine(run.tf, run.learner.network, store, loss);
}

function passSettings<Name extends string>(run: TrainingRun<Name>): PassSettings<Name> {
  const { tokenizer, classes, learner, settings, teacher } = run;
  const { maxPairs, mentionDropout } = settings;
  const { qualifiers } = run;
  const passes = {
    ...{ tokenizer, classes, learner, maxPairs, mentionDropout },
    ...(qualifiers === undefined ? {} : { qualifiers }),
  };
  return teacher === undefined ? passes : { ...passes, teacher };
}
