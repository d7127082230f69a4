/**
 * Trains the document network: walks the plan, reports, keeps checkpoints, and resumes where an earlier run of
 * the same plan stopped. Ends with weights and their calibration on held-out documents.
 */
import { BioWeftError } from "../../core/errors.js";
import { fitCalibration, type ScoredDocument, scoreAt } from "../calibration.js";
import { type Calibration, UNCALIBRATED } from "../decoding.js";
import { documentFeeds, documentGraph } from "../document-graph.js";
import { viewMaker } from "../document-input.js";
import type { DocumentNetworkConfig } from "../document-network.js";
import type { RelationScores } from "../evaluation.js";
import type { ModelLabels } from "../labels.js";
import type { Parameters } from "../parameters.js";
import { seededRandom } from "../random.js";
import type { Tf } from "../tfjs-ops.js";
import type { WordPieceTokenizer } from "../tokenizer.js";
import { ADAMW_DEFAULTS } from "./adamw.js";
import { samplePairs, type TrainingExample } from "./examples.js";
import { GradientEngine } from "./gradient-engine.js";
import { frozenBy, learningRates } from "./learning-rates.js";
import {
  type PlannedStep,
  plannedSteps,
  type TrainingPhase,
  type TrainingSettings,
  totalSteps,
} from "./plan.js";
import type { LabelledPass } from "./relation-loss.js";
import { openRunFolder, type RunFolder } from "./run-folder.js";
import { WeightStore } from "./weight-store.js";

/** Steps between lines of the curve. */
const REPORT_EVERY = 25;

/** What a run needs. */
export interface TrainingRun {
  readonly tf: Tf;
  readonly tokenizer: WordPieceTokenizer;
  readonly labels: ModelLabels;
  readonly config: DocumentNetworkConfig;
  readonly initial: Parameters;
  readonly phases: readonly TrainingPhase[];
  readonly held: readonly TrainingExample[];
  readonly settings: TrainingSettings;
  /** Folder for checkpoints and curves. */
  readonly runDir: string;
  /** Seconds between checkpoints. */
  readonly checkpointSeconds: number;
  readonly signal?: AbortSignal;
  onProgress(progress: TrainingProgress): void;
}

/** Where a run stands. `loss` is a running mean; `held` is there after each phase. */
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
export async function trainDocumentNetwork(run: TrainingRun): Promise<TrainedNetwork> {
  const folder = await openRunFolder(run.runDir, planName(run));
  const resumed = await folder.resume();
  const store = new WeightStore(
    resumed === undefined ? run.initial : WeightStore.weightsOf(resumed.parameters),
    { frozen: frozenBy(run.settings), averageDecay: run.settings.averageDecay },
    resumed?.parameters,
  );
  const engine = new GradientEngine(run.tf, documentGraph(run.config), store, run.settings);
  await takeSteps(run, folder, engine, resumed?.step ?? 0);
  const held = scoreHeld(run, engine);
  const calibration = held.length === 0 ? UNCALIBRATED : fitCalibration(held, run.labels.classes);
  const scores = scoreAt(held, run.labels.classes, calibration);
  await folder.report({ step: totalSteps(run.phases, run.settings), calibration, held: scores });
  return { parameters: store.best(), calibration, held: scores };
}

/** Takes all steps from the given one on, with reports and checkpoints, the last one at the end. */
async function takeSteps(
  run: TrainingRun,
  folder: RunFolder,
  engine: GradientEngine,
  from: number,
): Promise<void> {
  const steps = totalSteps(run.phases, run.settings);
  const meter = speedMeter();
  let step = from;
  let saved = Date.now();
  let loss = Number.NaN;
  const save = () => folder.save({ step, parameters: engine.store.state() });
  for (const planned of plannedSteps(run.phases, run.settings, from)) {
    const found = takeStep(run, engine, planned, step);
    step++;
    loss = Number.isNaN(loss) ? found : 0.98 * loss + 0.02 * found;
    const documentsPerSecond = meter(planned.examples.length);
    const secondsLeft = ((steps - step) * run.settings.batchDocuments) / documentsPerSecond;
    const { phase, epoch } = planned;
    const progress = { step, steps, phase, epoch, loss, documentsPerSecond, secondsLeft };
    run.onProgress(progress);
    if (step % REPORT_EVERY === 0) await folder.report(progress);
    if (run.signal?.aborted === true) {
      await save();
      const reason = `training stopped at step ${step} of ${steps}; the same command resumes it`;
      throw new BioWeftError("CANCELLED", reason);
    }
    if (Date.now() - saved > run.checkpointSeconds * 1000) {
      await save();
      saved = Date.now();
    }
    // Let signals and the progress bar have their turn: everything above is synchronous.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await save();
}

/** One update; its loss. `step` counts from 0 and alone decides what is drawn at random. */
function takeStep(run: TrainingRun, engine: GradientEngine, planned: PlannedStep, step: number): number {
  const { seed, maxPairs } = run.settings;
  const random = seededRandom(seed * 7919 + step);
  const batch = planned.examples.flatMap((example) =>
    labelledPasses(run, samplePairs(example, maxPairs, random)),
  );
  const rates = learningRates(run.settings, run.config.layers);
  return engine.step(
    batch,
    step + 1,
    (name) => planned.rate * rates(name),
    ADAMW_DEFAULTS,
    () => random.next(),
  );
}

/** Logits of the held-out documents' candidates. */
function scoreHeld(run: TrainingRun, engine: GradientEngine): ScoredDocument[] {
  return run.held.map((example) => {
    const views = viewsOf(run, example);
    const logits = engine.logits(views.map(documentFeeds));
    const classes = run.labels.classes.length;
    const rows = views.flatMap((view, index) =>
      view.candidates.map((_, row) =>
        (logits[index] ?? new Float32Array()).slice(row * classes, (row + 1) * classes),
      ),
    );
    const candidates = views.flatMap((view) => view.candidates);
    return { document: example.document, candidates, logits: rows, targets: targetsOf(example, candidates) };
  });
}

function labelledPasses(run: TrainingRun, example: TrainingExample): LabelledPass[] {
  return viewsOf(run, example).map((view) => ({
    feeds: documentFeeds(view),
    targets: targetsOf(example, view.candidates),
  }));
}

function viewsOf(run: TrainingRun, example: TrainingExample) {
  const limits = { maxPositions: run.config.maxPositions, maxPairs: run.settings.maxPairs };
  return viewMaker(run.tokenizer, run.labels, example.task, limits)(example.document, example.candidates);
}

function targetsOf(example: TrainingExample, candidates: TrainingExample["candidates"]): number[] {
  const targets = new Map(
    example.candidates.map((candidate, index) => [candidate, example.targets[index] ?? 0]),
  );
  return candidates.map((candidate) => targets.get(candidate) ?? 0);
}

/** What must be the same for a checkpoint to be of use. */
function planName(run: TrainingRun): string {
  const { settings } = run;
  const phases = run.phases.map(({ name, epochs, examples }) => `${name}:${epochs}x${examples.length}`);
  const sizes = `${run.config.layers}x${run.config.hiddenSize}`;
  return [
    sizes,
    ...phases,
    ...Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}`),
  ].join(" ");
}

/** Documents a second, over the last minute or so. */
function speedMeter(): (documents: number) => number {
  let rate: number | undefined;
  let last = Date.now();
  return (documents) => {
    const now = Date.now();
    const current = (documents * 1000) / Math.max(1, now - last);
    last = now;
    rate = rate === undefined ? current : 0.97 * rate + 0.03 * current;
    return rate;
  };
}
