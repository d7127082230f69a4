/**
 * `bioweft train`: trains the document network on annotated corpora and writes a model folder. Interrupt it and
 * run the same command again: it goes on where it was.
 */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { CorpusDeclaration, Split } from "../../ingest/corpora/corpus.js";
import { corpusByName, isHeldOut, readCorpus } from "../../ingest/corpora/reading-corpora.js";
import { PACKAGE_ROOT, setNativeMath } from "../core/config.js";
import { publicationOf } from "../core/document.js";
import { readEncoderConfig } from "../model/encoder-config.js";
import { loadInitialParameters, networkConfig } from "../model/initial-parameters.js";
import { type ModelLabels, modelLabels } from "../model/labels.js";
import { writeModel } from "../model/model-folder.js";
import { seededRandom } from "../model/random.js";
import { loadTokenizer } from "../model/tokenizer.js";
import { CLASS_WEIGHTINGS, countedWeights, parseClassWeights } from "../model/training/class-weights.js";
import { type TrainingExample, toTrainingExample } from "../model/training/examples.js";
import {
  TRAINING_DEFAULTS,
  type TrainingPhase,
  type TrainingSettings,
  totalSteps,
} from "../model/training/plan.js";
import { loadNativeTensorflow, loadPortableTensorflow } from "../model/training/tensorflow.js";
import { type TrainingProgress, trainDocumentNetwork } from "../model/training/trainer.js";
import { onInterrupt } from "./interrupt.js";
import { startProgress } from "./progress.js";
import { printJson, printLines } from "./report.js";

interface TrainOptions {
  readonly corpus: string[];
  readonly from: string;
  readonly encoder: string;
  readonly run: string;
  readonly out: string;
  readonly id: string;
  readonly seed: number;
  readonly epochs: number;
  readonly mixedEpochs: number;
  readonly repeatFirst: number;
  readonly learningRate: number;
  readonly layerDecay: number;
  readonly freeze: FrozenParts;
  readonly averageDecay: number;
  readonly focalGamma: number;
  readonly classWeights: string;
  readonly held: number;
  readonly limit?: number;
  readonly backend: "native" | "portable";
  readonly precision: "fp32" | "bf16";
  readonly checkpointSeconds: number;
  readonly json?: boolean;
}

/** The `train` subcommand. */
export function command(): Command {
  return new Command("train")
    .description("train the document network on annotated corpora; resumes an interrupted run")
    .requiredOption(
      "--corpus <names...>",
      "corpora; the first is the task, the others join a first mixed phase",
    )
    .requiredOption("--from <dir>", "the corpus's folder, or a folder that holds one folder a corpus")
    .option(
      "--encoder <dir>",
      "checkpoint folder to start from",
      join(PACKAGE_ROOT, ".bioweft-tools/encoders/minilm-l6"),
    )
    .option("--run <dir>", "folder for checkpoints and curves", join(PACKAGE_ROOT, ".bioweft/training"))
    .option("--out <dir>", "folder for the trained model", join(PACKAGE_ROOT, ".bioweft/trained"))
    .option("--id <name>", "the model's name and version", "bioweft-document@local")
    .option("--seed <n>", "decides every random choice", count, TRAINING_DEFAULTS.seed)
    .option("--epochs <n>", "epochs over the first corpus", count, 4)
    .option("--mixed-epochs <n>", "epochs over all corpora together, before", count, 1)
    .option("--repeat-first <n>", "how often the first corpus stands in the mixture", count, 2)
    .option("--learning-rate <x>", "peak rate of the encoder", positive, TRAINING_DEFAULTS.learningRate)
    .option("--layer-decay <x>", "each layer's rate, as a share of that of the layer above", share, 1)
    .option(
      "--freeze <parts>",
      "`embeddings`, a number of lowest layers, or both: embeddings,4",
      frozenParts,
      {
        freezeEmbeddings: false,
        freezeLayers: 0,
      },
    )
    .option("--average-decay <x>", "take a moving average of the weights, e.g. 0.999; 0: the last", share, 0)
    .option("--focal-gamma <x>", "focus on hard pairs (focal loss), e.g. 2; 0: cross-entropy", positive, 0)
    .option("--class-weights <kind>", "none, sqrt, balanced, or a list: None=0.5,Bind=3", "none")
    .option(
      "--held <n>",
      "documents of the first corpus's training part kept back for calibration",
      count,
      40,
    )
    .option("--limit <n>", "documents of each corpus at most", count)
    .addOption(
      new Option("--backend <name>", "TensorFlow, or tfjs's portable one")
        .choices(["native", "portable"])
        .default("native"),
    )
    .addOption(
      new Option("--precision <name>", "of matrix products").choices(["fp32", "bf16"]).default("fp32"),
    )
    .option("--checkpoint-seconds <n>", "time between checkpoints", count, 300)
    .option("--json", "print the outcome as JSON")
    .action(train);
}

async function train(options: TrainOptions): Promise<void> {
  setNativeMath(options.precision);
  const backend = options.backend === "native" ? loadNativeTensorflow() : await loadPortableTensorflow();
  const corpora = options.corpus.map(corpusByName);
  const labels = modelLabels(corpora);
  const [first = [], ...others] = await readCorpora(corpora, options, labels);
  const shuffled = seededRandom(options.seed).shuffle(first);
  const held = shuffled.slice(0, options.held);
  const own = shuffled.slice(options.held);
  const phases = trainingPhases(own, others.flat(), options);
  const tokenizer = await loadTokenizer(options.encoder);
  const config = networkConfig(await readEncoderConfig(options.encoder), labels.classes.length);
  const initial = await loadInitialParameters(
    options.encoder,
    tokenizer,
    config,
    labels,
    seededRandom(options.seed),
  );
  const { seed, learningRate, layerDecay, averageDecay, focalGamma, freeze } = options;
  const classWeights = weightsOf(options.classWeights, labels.classes, [...own, ...others.flat()]);
  const chosen = { seed, learningRate, layerDecay, averageDecay, focalGamma, classWeights, ...freeze };
  const settings = { ...TRAINING_DEFAULTS, ...chosen };
  process.stderr.write(
    `${own.length + others.flat().length} documents, ${held.length} held out, ${totalSteps(phases, settings)} steps on ${backend.name}\n`,
  );
  const interrupt = onInterrupt();
  const bar = startProgress("training", "steps", totalSteps(phases, settings));
  const trained = await trainDocumentNetwork({
    tf: backend.tf,
    tokenizer,
    labels,
    config,
    initial,
    phases,
    held,
    settings,
    runDir: resolve(options.run),
    checkpointSeconds: options.checkpointSeconds,
    signal: interrupt.signal,
    onProgress: (progress) => bar.update(progress.step, describe(progress)),
  }).finally(() => {
    bar.stop();
    interrupt.release();
  });
  await writeModel(
    resolve(options.out),
    options.encoder,
    {
      id: options.id,
      network: "document",
      encoder: basename(resolve(options.encoder)),
      corpora: corpora.map((corpus) => corpus.name),
      ...labels,
      classes: [...labels.classes],
      specials: [...labels.specials],
      headSize: config.headSize,
      ...trained.calibration,
    },
    trained.parameters,
  );
  const outcome = { out: resolve(options.out), calibration: trained.calibration, held: trained.held };
  if (options.json === true) printJson(outcome);
  else
    printLines(`wrote ${outcome.out}`, `held-out documents (calibrated on): ${JSON.stringify(outcome.held)}`);
}

/** First everything mixed, then the task alone; with one corpus only the latter. */
function trainingPhases(
  own: readonly TrainingExample[],
  others: readonly TrainingExample[],
  options: TrainOptions,
): TrainingPhase[] {
  const repeated = Array.from({ length: options.repeatFirst }, () => own).flat();
  const mixed = { name: "mixed", epochs: options.mixedEpochs, examples: [...repeated, ...others] };
  const task = { name: options.corpus[0] ?? "", epochs: options.epochs, examples: own };
  return others.length > 0 ? [mixed, task] : [task];
}

/**
 * The examples of each corpus. The first is the task: its training part is learned, its development part kept
 * for evaluation, and neither may come back by way of another corpus, nor may BioRED's test documents.
 */
async function readCorpora(
  corpora: readonly CorpusDeclaration[],
  options: TrainOptions,
  labels: ModelLabels,
): Promise<TrainingExample[][]> {
  const taken = new Set<string>();
  const examples: TrainingExample[][] = [];
  for (const [index, corpus] of corpora.entries()) {
    const folder = join(options.from, corpus.name);
    const from = existsSync(folder) ? folder : options.from;
    if (index === 0) {
      examples.push(await readExamples(corpus, from, "train", labels, options.limit, () => false));
      for await (const { pmid } of readCorpus(corpus, from, "all")) taken.add(pmid);
    } else {
      const leaks = (pmid: string) => taken.has(pmid) || isHeldOut(pmid);
      examples.push(await readExamples(corpus, from, "all", labels, options.limit, leaks));
    }
  }
  return examples;
}

async function readExamples(
  corpus: CorpusDeclaration,
  from: string,
  split: Split,
  labels: ModelLabels,
  limit: number | undefined,
  leaks: (pmid: string) => boolean,
): Promise<TrainingExample[]> {
  const examples: TrainingExample[] = [];
  let dropped = 0;
  for await (const document of readCorpus(corpus, from, split)) {
    if (leaks(publicationOf(document))) dropped++;
    else examples.push(toTrainingExample(document, corpus, labels));
    if (examples.length === limit) break;
  }
  process.stderr.write(`${corpus.name}: ${examples.length} documents, ${dropped} dropped as leaks\n`);
  return examples.filter((example) => example.candidates.length > 0);
}

function describe(progress: TrainingProgress): string {
  const minutes = Math.ceil(progress.secondsLeft / 60);
  return `${progress.phase} epoch ${progress.epoch}, loss ${progress.loss.toFixed(3)}, ${progress.documentsPerSecond.toFixed(1)} documents/s, ${minutes} min left`;
}

function weightsOf(text: string, classes: readonly string[], examples: readonly TrainingExample[]): number[] {
  const weighting = CLASS_WEIGHTINGS.find((name) => name === text);
  return weighting === undefined
    ? parseClassWeights(text, classes)
    : countedWeights(weighting, classes, examples);
}

type FrozenParts = Pick<TrainingSettings, "freezeEmbeddings" | "freezeLayers">;

function frozenParts(text: string): FrozenParts {
  const match = /^(?:(embeddings)(?:,(\d+))?|(\d+))$/.exec(text);
  if (match === null) {
    throw new InvalidArgumentError("give embeddings, a number of layers, or both: embeddings,4");
  }
  return { freezeEmbeddings: match[1] !== undefined, freezeLayers: Number(match[2] ?? match[3] ?? 0) };
}

function share(text: string): number {
  const value = Number(text);
  if (text !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("give a number from 0 to 1");
}

function positive(text: string): number {
  const value = Number(text);
  if (text !== "" && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new InvalidArgumentError("give a number from 0 up");
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError("give a whole number from 0 up");
}
