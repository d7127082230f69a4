/**
 * The loop of every training run, whether it learns relations or hidden words: opens the run's folder, takes the
 * planned steps from where an earlier run of the same plan stopped, reports, keeps checkpoints, and stops with one
 * when it is asked to. What an update and a held-out score are is handed in (trainer.ts, pretrainer.ts).
 */
import { BioWeftError } from "../../core/errors.js";
import type { Parameters } from "../ops/parameters.js";
import { frozenBy } from "./learning-rates.js";
import type { TrainingSettings } from "./plan.js";
import { openRunFolder, type RunFolder, type RunProgress } from "./run-folder.js";
import { speedMeter } from "./speed-meter.js";
import { WeightStore } from "./weight-store.js";

/** Steps between lines of the curve. */
const REPORT_EVERY = 25;
/** What a step's loss counts for in the running mean. */
const LOSS_SHARE = 0.02;

/** How a run is kept and stopped. */
export interface KeptRun {
  readonly settings: TrainingSettings;
  /** Folder for checkpoints and curves. */
  readonly runDir: string;
  /** What is written beside them, by file name, once the folder is known to be this run's. */
  readonly description?: Readonly<Record<string, unknown>>;
  /** Seconds between checkpoints. */
  readonly checkpointSeconds: number;
  readonly signal?: AbortSignal;
}

/** A run as its folder has it: new, or where an earlier one stopped. */
interface OpenedRun {
  readonly folder: RunFolder;
  /** Weights and optimiser moments at that point. */
  readonly store: WeightStore;
  readonly progress: RunProgress;
}

/** Where a run stands. `loss` is a running mean. */
export interface StepProgress {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly documentsPerSecond: number;
  readonly secondsLeft: number;
}

/** What the loop asks of a planned step. */
export interface LoopStep {
  /** What is learned in it. */
  readonly examples: readonly unknown[];
  readonly endsEpoch: boolean;
}

/** What is learned, and how. */
export interface Learning<Step extends LoopStep, Score> {
  /** What stops, in the words of the message: "training". */
  readonly name: string;
  /** Steps in all. */
  readonly steps: number;
  /** The steps from the given one on, counted from 0. */
  planned(from: number): Iterable<Step>;
  /** One update; its loss. `step` counts from 0 and alone decides what is drawn at random. */
  update(planned: Step, step: number): Promise<number>;
  /** The held-out score after an epoch, and the progress that it makes of `at`. */
  score(planned: Step, at: RunProgress): Promise<{ readonly score?: Score; readonly at: RunProgress }>;
  /** Whether early stopping has ended the run. */
  isOver(at: RunProgress): boolean;
  /** Tells of a step taken; what it returns becomes a line of the curve. */
  report(progress: StepProgress, planned: Step, score: Score | undefined): StepProgress;
}

/** Opens a run's folder for a plan. Throws CONFIG where it holds a run with another one. */
export async function openRun(run: KeptRun, plan: string, initial: Parameters): Promise<OpenedRun> {
  const folder = await openRunFolder(run.runDir, plan);
  const resumed = await folder.resume();
  for (const [name, value] of Object.entries(run.description ?? {})) await folder.describe(name, value);
  const { parameters, ...progress } = resumed ?? { parameters: undefined, step: 0, staleEpochs: 0 };
  const store = new WeightStore(
    parameters === undefined ? initial : WeightStore.weightsOf(parameters),
    { frozen: frozenBy(run.settings), averageDecay: run.settings.averageDecay },
    parameters,
  );
  return { folder, store, progress };
}

/**
 * Takes all steps from where the run stands, with reports and checkpoints, the last one at the end; returns how far
 * it came. Throws CANCELLED, after a checkpoint, when the run's signal is set.
 */
export async function takeSteps<Step extends LoopStep, Score>(
  run: KeptRun,
  { folder, store, progress }: OpenedRun,
  learning: Learning<Step, Score>,
): Promise<RunProgress> {
  const { steps } = learning;
  const meter = speedMeter();
  let at = progress;
  let saved = { step: at.step, millis: Date.now() };
  const save = async () => {
    await folder.save({ ...at, parameters: store.state() });
    saved = { step: at.step, millis: Date.now() };
  };
  for (const planned of learning.planned(at.step)) {
    if (learning.isOver(at)) break;
    const found = await learning.update(planned, at.step);
    const loss = at.loss === undefined ? found : (1 - LOSS_SHARE) * at.loss + LOSS_SHARE * found;
    at = { ...at, step: at.step + 1, loss };
    const { step } = at;
    const speed = meter(planned.examples.length, step, steps);
    const scored = planned.endsEpoch ? await learning.score(planned, at) : { at };
    at = scored.at;
    const line = learning.report({ step, steps, loss, ...speed }, planned, scored.score);
    if (planned.endsEpoch || step % REPORT_EVERY === 0) await folder.report({ ...line });
    if (planned.endsEpoch) await folder.draw();
    if (run.signal?.aborted === true) {
      await save();
      const reason = `${learning.name} stopped at step ${step} of ${steps}; the same command resumes it`;
      throw new BioWeftError("CANCELLED", reason);
    }
    if (Date.now() - saved.millis > run.checkpointSeconds * 1000) await save();
    // Let signals and the progress bar have their turn: most of an update is synchronous.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (saved.step !== at.step) await save();
  return at;
}
