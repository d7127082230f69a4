/**
 * What a training run does, step by step, decided by its plan and seed alone: the documents, learning
 * rate and dropout of any step can be worked out without those before it, so a resumed run equals an
 * uninterrupted one.
 */
import { type Random, seededRandom } from "../../core/random.js";
import type { TrainingExample } from "./examples.js";
import type { Teacher } from "./teacher.js";

/** One corpus's part in a mixture. */
interface ExampleSource {
  readonly examples: readonly TrainingExample[];
  /** How often each example is seen in an epoch: 2 is twice; 0.5 is another half of them each epoch. */
  readonly weight: number;
}

/** A stretch of training over one mixture of examples, with its own warm-up and decay. */
export interface TrainingPhase {
  readonly name: string;
  readonly epochs: number;
  readonly sources: readonly ExampleSource[];
}

/** Everything that decides a run beside the data. */
export interface TrainingSettings {
  readonly seed: number;
  /** Documents an update; they are computed one by one, so memory does not grow with them. */
  readonly batchDocuments: number;
  /** Pairs drawn from a document at most. */
  readonly maxPairs: number;
  /** At how many pairs of mentions, the closest first, the document network reads a pair; the strongest reading counts. */
  readonly mentionPairs: number;
  /** Peak learning rate of the encoder. */
  readonly learningRate: number;
  /** Head, prompts and markers start from little or nothing: their rate is this many times the encoder's. */
  readonly headFactor: number;
  /** Share of a phase's steps in which the rate rises linearly; then it falls linearly to 0. */
  readonly warmUp: number;
  /** Each layer's rate is this share of the one above it; 1: all alike. */
  readonly layerDecay: number;
  /**
   * Whether words, positions and segments stay as they are, and how many of the lowest layers do; prompts and markers,
   * which a first run begins at little, are worth freezing only where they have learned before.
   */
  readonly freezeEmbeddings: boolean;
  readonly freezeMarkers: boolean;
  readonly freezeLayers: number;
  /** Decay of the moving average of weights that the final model takes; 0: the last weights. */
  readonly averageDecay: number;
  /** Focal loss's exponent; 0: cross-entropy. */
  readonly focalGamma: number;
  /** A factor on each class's loss, in the order of the classes; empty: 1 for all. */
  readonly classWeights: readonly number[];
  /** Share of entities whose names are masked in a pass, so that the text decides and not who they are. */
  readonly mentionDropout: number;
  /** What the loss of direction and of novelty counts for beside that of the class; absent where neither is learned. */
  readonly qualifierWeight?: number;
  /** Epochs of the last phase without a better held-out score after which it ends; 0: all epochs, last weights. */
  readonly patience: number;
}

/** Chosen by a prototype on a held-back part of BioRED Train. */
export const TRAINING_DEFAULTS: TrainingSettings = {
  seed: 42,
  batchDocuments: 4,
  maxPairs: 120,
  mentionPairs: 1,
  learningRate: 1.2e-4,
  headFactor: 5,
  warmUp: 0.06,
  layerDecay: 1,
  freezeEmbeddings: false,
  freezeMarkers: false,
  freezeLayers: 0,
  averageDecay: 0,
  focalGamma: 0,
  classWeights: [],
  mentionDropout: 0,
  patience: 0,
};

/** One update. */
export interface PlannedStep {
  readonly phase: string;
  readonly epoch: number;
  readonly examples: readonly TrainingExample[];
  /** Learning rate as a share of its peak. */
  readonly rate: number;
  /** Whether an epoch ends with it, and whether that epoch is of the last phase. */
  readonly endsEpoch: boolean;
  readonly inLastPhase: boolean;
}

/** Number of updates of a whole plan. */
export function totalSteps(phases: readonly TrainingPhase[], settings: TrainingSettings): number {
  return phases.reduce((sum, phase) => sum + phase.epochs * epochSteps(phase, settings), 0);
}

/** All updates from the given one on (counted from 0). */
export function* plannedSteps(
  phases: readonly TrainingPhase[],
  settings: TrainingSettings,
  from: number,
): Generator<PlannedStep> {
  let step = 0;
  for (const [phaseIndex, phase] of phases.entries()) {
    const steps = epochSteps(phase, settings);
    for (let epoch = 0; epoch < phase.epochs; epoch++) {
      if (step + steps <= from) {
        step += steps;
        continue;
      }
      const order = epochExamples(phase, seededRandom(settings.seed * 1_000_003 + phaseIndex * 1009 + epoch));
      for (let batch = 0; batch < steps; batch++, step++) {
        if (step < from) continue;
        const start = batch * settings.batchDocuments;
        yield {
          phase: phase.name,
          epoch: epoch + 1,
          examples: order.slice(start, start + settings.batchDocuments),
          rate: rateAt((epoch * steps + batch + 0.5) / (phase.epochs * steps), settings.warmUp),
          endsEpoch: batch === steps - 1,
          inLastPhase: phaseIndex === phases.length - 1,
        };
      }
    }
  }
}

/** What must be the same for a checkpoint to be of use. */
export function planName(run: {
  readonly learner: { readonly plan: string };
  readonly phases: readonly TrainingPhase[];
  readonly held: readonly TrainingExample[];
  readonly heldPrompts?: readonly {
    readonly prompt: string;
    readonly examples: readonly TrainingExample[];
  }[];
  readonly settings: TrainingSettings;
  readonly teacher?: Pick<Teacher, "id" | "settings">;
}): string {
  const phases = run.phases.map(({ name, epochs, sources }) => {
    const parts = sources.map(({ examples, weight }) => `${examples.length}*${weight}`);
    return `${name}:${epochs}x(${parts.join("+")})`;
  });
  const settings = Object.entries(run.settings).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const { teacher, heldPrompts = [] } = run;
  const others = heldPrompts.map(({ prompt, examples }) => `held-${prompt}:${examples.length}`);
  const taught = teacher === undefined ? [] : [`teacher=${teacher.id}${JSON.stringify(teacher.settings)}`];
  return [run.learner.plan, ...phases, `held:${run.held.length}`, ...others, ...settings, ...taught].join(
    " ",
  );
}

function epochSteps(phase: TrainingPhase, settings: TrainingSettings): number {
  const examples = phase.sources.reduce((sum, source) => sum + drawnExamples(source), 0);
  return Math.ceil(examples / settings.batchDocuments);
}

/** How many examples a source gives an epoch. */
function drawnExamples({ examples, weight }: ExampleSource): number {
  return Math.round(examples.length * weight);
}

/** The examples of one epoch in their order: each as often as its source's weight says, the rest by lot. */
function epochExamples(phase: TrainingPhase, random: Random): TrainingExample[] {
  const drawn = phase.sources.flatMap((source) => {
    const copies = Array.from({ length: Math.floor(source.weight) }, () => source.examples).flat();
    const rest = drawnExamples(source) - copies.length;
    return rest === 0 ? copies : [...copies, ...random.shuffle(source.examples).slice(0, rest)];
  });
  return random.shuffle(drawn);
}

/** The learning rate as a share of its peak, after a share of a phase: rises through the warm-up, then falls to 0. */
export function rateAt(progress: number, warmUp: number): number {
  return progress < warmUp ? progress / warmUp : (1 - progress) / (1 - warmUp);
}
