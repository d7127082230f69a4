/**
 * `bioweft train`: trains the document network on annotated corpora and writes a model folder. Interrupt it and
 * run the same command again: it goes on where it was.
 */
import { join } from "node:path";
import { Command, Option } from "commander";
import { PACKAGE_ROOT } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import { NETWORKS, type NetworkKind } from "../../core/prediction.js";
import { required } from "../../core/required.js";
import { scoreLine } from "../../lab/evaluation/evaluation-table.js";
import { runTraining, type TrainingOutcome } from "../../lab/training/run-training.js";
import { QUALIFIER_NAMES, type QualifierName } from "../../model/inputs/labels.js";
import { carriedAnswersFile } from "../../model/training/carried/carried-answers.js";
import { METHODS, type Method } from "../../model/training/methods.js";
import { TRAINING_DEFAULTS } from "../../model/training/plan.js";
import { onInterrupt, WHILE_TRAINING } from "../../terminal/interrupt.js";
import { printJson, printLines } from "../../terminal/report.js";
import { aboveZero, atLeastOne, count, positive } from "../options/number-options.js";
import {
  type Folders,
  parseWeights,
  runFolder,
  type TrainingOptions,
  toTrainingChoice,
  withFolders,
  withTrainingOptions,
} from "../options/training-options.js";

interface TrainOptions extends TrainingOptions, Folders {
  readonly corpus: string[];
  readonly from: string;
  readonly method: Method;
  readonly network: NetworkKind;
  readonly maxPairs: number;
  readonly id?: string;
  readonly carry?: string;
  readonly unlabelled?: string[];
  readonly epochs: number;
  readonly mixedEpochs: number;
  readonly weights: ReadonlyMap<string, number>;
  readonly lastWeights: ReadonlyMap<string, number>;
  readonly qualifiers?: QualifierName[];
  readonly qualifierWeight: number;
  readonly json?: boolean;
}

/** What trains a carried run, of scripts/: the three lie in one folder, or as they lie here. */
const TRAINER_FILES = ["train-gpu/train.py", "train-gpu/batches.py", "torch/network.py"];

/** The `train` subcommand. */
export function command(): Command {
  const train = new Command("train")
    .description("train a relation network on annotated corpora; resumes an interrupted run")
    .requiredOption("--corpus <names...>", "corpora; the first is the task, the others help")
    .requiredOption("--from <dir>", "the corpus's folder, or a folder that holds one folder a corpus")
    .addOption(
      new Option(
        "--method <name>",
        "single: the task alone; transfer: the others first; multitask: all, a head a corpus; biorex: all, one label space",
      )
        .choices(METHODS)
        .default("biorex"),
    )
    .addOption(
      new Option("--network <name>", "document: one pass a document; pair: BioREx's own, one pass a pair")
        .choices(NETWORKS)
        .default(NETWORKS[0]),
    )
    .option("--max-pairs <n>", "pairs drawn from a document at most", atLeastOne, TRAINING_DEFAULTS.maxPairs)
    .option("--epochs <n>", "epochs over the task alone, at the end", count, 4)
    .option("--mixed-epochs <n>", "epochs over what the method mixes, before", count, 1)
    .option("--fraction <x>", "share of the task's training documents (data-size ablation)", aboveZero, 1)
    .addOption(
      new Option(
        "--qualifiers <names...>",
        "what the network says of related pairs beside their type, where the task's documents tell",
      ).choices(QUALIFIER_NAMES),
    )
    .option("--qualifier-weight <x>", "what that counts for in the loss, beside the type", positive, 0.5)
    .option("--id <name>", "the model's name and version (default: bioweft-NETWORK@local)")
    .option(
      "--carry <dir>",
      "lay the run down here for a card elsewhere; when it was trained there, take it back",
    )
    .option(
      "--unlabelled <names...>",
      "with --carry: corpora whose texts a teacher answers in the task's terms",
    )
    .option("--json", "print the outcome as JSON");
  withFolders(train, "trained model", join(PACKAGE_ROOT, ".bioweft/trained"));
  return withTrainingOptions(withWeights(train)).action(run);
}

/** How often epochs see each corpus. */
function withWeights(train: Command): Command {
  return train
    .option(
      "--weights <list>",
      "how often a mixed epoch sees a corpus: biored=2,drugprot=0.5; 1 where not named",
      parseWeights,
      new Map(),
    )
    .option(
      "--last-weights <list>",
      "what the epochs at the end see of the others beside the task: bc5cdr=0.3,drugprot=0.1; nothing where not named",
      parseWeights,
      new Map(),
    );
}

async function run(options: TrainOptions): Promise<void> {
  const interrupt = onInterrupt(WHILE_TRAINING);
  const { carry, unlabelled = [] } = options;
  if (carry === undefined && unlabelled.length > 0) {
    throw new BioWeftError("CONFIG", "--unlabelled is of use to a carried run alone: give --carry too");
  }
  const outcome = await runTraining(
    { ...asked(options), ...(carry === undefined ? {} : { carry, unlabelled }) },
    interrupt.signal,
  ).finally(() => interrupt.release());
  if (outcome === undefined) tellOfCarriedRun(required(carry, "the folder of a carried run"), options);
  else if (options.json === true) printJson(outcome);
  else tellOutcome(outcome);
}

/** What the options ask for, without carrying. */
function asked(options: TrainOptions) {
  const { corpus, from, method, network, maxPairs, epochs, mixedEpochs, weights, lastWeights, out } = options;
  const choice = toTrainingChoice(options);
  const { qualifiers, qualifierWeight } = options;
  const taught = qualifiers === undefined ? {} : { qualifierWeight };
  return {
    ...choice,
    settings: { ...choice.settings, maxPairs, ...taught },
    corpora: corpus,
    from,
    method,
    network,
    run: runFolder(options),
    out,
    id: options.id ?? `bioweft-${network}@local`,
    epochs,
    mixedEpochs,
    weights,
    lastWeights,
    otherFraction: 1,
    without: new Set<string>(),
    ...(qualifiers === undefined
      ? {}
      : { qualifiers: QUALIFIER_NAMES.filter((name) => qualifiers.includes(name)) }),
  };
}

function tellOutcome({ out, held: { pair, typed }, prompts }: TrainingOutcome): void {
  printLines(
    `wrote ${out}`,
    "on the held-out documents, on which it is calibrated:",
    scoreLine("  pair ", pair),
    scoreLine("  typed", typed),
    ...Object.entries(prompts).flatMap(([prompt, { scores }]) => [
      `on those of ${prompt}, asked and calibrated as such:`,
      scoreLine("  pair ", scores.pair),
      scoreLine("  typed", scores.typed),
    ]),
  );
}

function tellOfCarriedRun(carry: string, { json, teacher }: TrainOptions): void {
  if (json === true) {
    printJson({ carried: carry });
    return;
  }
  const answers = teacher === undefined ? "" : ` --answers ${carriedAnswersFile(carry)}`;
  printLines(
    `the run is in ${carry}; train it where PyTorch and a card are, with these files in one folder there:`,
    ...TRAINER_FILES.map((file) => `  ${join(PACKAGE_ROOT, "scripts", file)}`),
    "and this command in that folder:",
    `  python3 train.py ${carry}${answers}`,
    "then give this command again: it calibrates the network and writes the model",
  );
}
