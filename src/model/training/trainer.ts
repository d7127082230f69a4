/**
 * Trains a relation network: walks the plan, scores the held-out documents after each epoch, keeps checkpoints,
 * and resumes where an earlier run of the same plan stopped. Ends with weights and their calibration on the
 * held-out documents.
 */
import { BioWeftError } from "../../core/errors.js";
import type { Calibration } from "../decoding.js";
import type { RelationScores } from "../evaluation.js";
import type { Parameters } from "../parameters.js";
import { seededRandom } from "../random.js";
import type { Tf } from "../tfjs-ops.js";
import type { WordPieceTokenizer } from "../tokenizer.js";
import { ADAMW_DEFAULTS } from "./adamw.js";
import type { TrainingExample } from "./examples.js";
import { GradientEngine } from "./gradient-engine.js";
import { heldOutQuality, scoreHeldOut } from "./held-out.js";
import type { Learner } from "./learner.js";
import { frozenBy, learningRates } from "./learning-rates.js";
import {
  type PlannedStep,
  planName,
  plannedSteps,
  type TrainingPhase,
  type TrainingSettings,
  totalSteps,
} from "./plan.js";
import { openRunFolder, type RunFolder, type RunProgress } from "./run-folder.js";
import { speedMeter } from "./speed-meter.js";
import type { Teacher } from "./teacher.js";
import { type PassSettings, trainingPasses } from "./training-passes.js";
import { WeightStore } from "./weight-store.js";

/** Steps between lines of the curve. */
const REPORT_EVERY = 25;

/** What a run needs. */
export interface TrainingRun<Name extends string = string> {
  readonly tf: Tf;
  readonly tokenizer: WordPieceTokenizer;
  /** Names of the network's outputs. */
  readonly classes: readonly string[];
  readonly learner: Learner<Name>;
  readonly initial: Parameters;
  readonly phases: readonly TrainingPhase[];
  readonly held: readonly TrainingExample[];
  readonly settings: TrainingSettings;
  /** Whose answers are learned beside the gold ones. */
  readonly teacher?: Teacher;
  /** Folder for checkpoints and curves. */
  readonly runDir: string;
  /** What is written beside them, by file name, once the folder is known to be this run's. */
  readonly description?: Readonly<Record<string, unknown>>;
  /** Seconds between checkpoints. */
  readonly checkpointSeconds: number;
  readonly signal?: AbortSignal;
  onProgress(progress: TrainingProgress): void;
}

/** Where a run stands. `loss` is a running mean; `held` is there after each epoch. */
export interface TrainingProgress {
  readonly step: number;
  readonly steps: number;
  readonly phase: string;
  readonly epoch: number;
  readonly loss: number;
  readonly documentsPerSecond: number;
  readonly secondsLeft: number;
  readonly held?: RelationScores;
}

/** A trained network. */
export interface TrainedNetwork {
  readonly parameters: Parameters;
  readonly calibration: Calibration;
  /** Scores of the held-out documents at that calibration (which was fitted on them). */
  readonly held: RelationScores;
}

/** Runs a plan to its end; throws CANCELLED, after a checkpoint, when the signal fires. */
export async function trainNetwork<Name extends string>(run: TrainingRun<Name>): Promise<TrainedNetwork> {
  const folder = await openRunFolder(run.runDir, planName(run));
  const resumed = await folder.resume();
  for (const [name, value] of Object.entries(run.description ?? {})) await folder.describe(name, value);
  const store = new WeightStore(
    resumed === undefined ? run.initial : WeightStore.weightsOf(resumed.parameters),
    { frozen: frozenBy(run.settings), averageDecay: run.settings.averageDecay },
    resumed?.parameters,
  );
  const { parameters: _, ...progress } = resumed ?? { parameters: run.initial, step: 0, staleEpochs: 0 };
  const reached = await takeSteps(run, folder, engineOf(run, store), progress);
  const parameters = reached.bestScore === undefined ? store.best() : await folder.readBest();
  const held = await scoreHeldOut(engineOf(run, new WeightStore(parameters)), run.held, passSettings(run));
  await folder.report({ step: reached.step, calibration: held.calibration, held: held.scores });
  await folder.draw();
  return { parameters, calibration: held.calibration, held: held.scores };
}

/** Takes all steps from where the run stands, with reports and checkpoints, the last one at the end. */
async function takeSteps<Name extends string>(
  run: TrainingRun<Name>,
  folder: RunFolder,
  engine: GradientEngine<Name>,
  from: RunProgress,
): Promise<RunProgress> {
  const steps = totalSteps(run.phases, run.settings);
  const meter = speedMeter();
  let at = from;
  let saved = Date.now();
  const save = async () => {
    await folder.save({ ...at, parameters: engine.store.state() });
    saved = Date.now();
  };
  for (const planned of plannedSteps(run.phases, run.settings, from.step)) {
    if (isOver(at, run.settings)) break;
    const found = await takeStep(run, engine, planned, at.step);
    const loss = at.loss === undefined ? found : 0.98 * at.loss + 0.02 * found;
    at = { ...at, step: at.step + 1, loss };
    const { documentsPerSecond, secondsLeft } = meter(planned.examples.length, at.step, steps);
    const { phase, epoch } = planned;
    let progress: TrainingProgress = {
      step: at.step,
      steps,
      phase,
      epoch,
      loss,
      documentsPerSecond,
      secondsLeft,
    };
    if (planned.endsEpoch && run.held.length > 0) {
      const { scores } = await scoreHeldOut(engine, run.held, passSettings(run));
      progress = { ...progress, held: scores };
      if (planned.inLastPhase && run.settings.patience > 0) at = await judged(folder, engine, at, scores);
    }
    run.onProgress(progress);
    if (planned.endsEpoch || at.step % REPORT_EVERY === 0) await folder.report({ ...progress });
    if (planned.endsEpoch) await folder.draw();
    if (run.signal?.aborted === true) {
      await save();
      const reason = `training stopped at step ${at.step} of ${steps}; the same command resumes it`;
      throw new BioWeftError("CANCELLED", reason);
    }
    if (Date.now() - saved > run.checkpointSeconds * 1000) await save();
    // Let signals and the progress bar have their turn: most of an update is synchronous.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await save();
  return at;
}

/** Whether early stopping has ended the run. */
function isOver({ staleEpochs }: RunProgress, { patience }: TrainingSettings): boolean {
  return patience > 0 && staleEpochs >= patience;
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
  const passes = { tokenizer, classes, learner, maxPairs, mentionDropout };
  return teacher === undefined ? passes : { ...passes, teacher };
}
