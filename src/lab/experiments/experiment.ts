/**
 * What every experiment is made of: cells, each a training run in a folder of its own, then the trained model's
 * answers. A finished cell is read from its folder, an interrupted one goes on where it was.
 */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { corpusFiles } from "../../../ingest/corpora/reading-corpora.js";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import type { RelationScores } from "../../evaluation/relation-scores.js";
import type { Method } from "../../model/training/methods.js";
import { EXACT_ENGINE, loadChosenModel } from "../evaluation/chosen-model.js";
import { type ClassifiedAnswer, classifiedAnswers } from "../evaluation/evaluation-answers.js";
import { askedPairs } from "../evaluation/scoring-rule.js";
import { runTraining, type TrainingChoice } from "../training/run-training.js";

/** What an experiment is run with. */
export interface Experiment {
  /** A folder that holds one folder a corpus. */
  readonly from: string;
  /** Where its cells are kept. */
  readonly out: string;
  /** Epochs of every training; the paper's is 10. */
  readonly epochs: number;
  /** How a cell learns, whatever it learns; `fraction` is the share of every corpus. */
  readonly learning: Omit<
    TrainingChoice,
    | ("corpora" | "from" | "method" | "run" | "out" | "id" | "epochs" | "mixedEpochs" | "weights")
    | ("otherFraction" | "without")
  >;
  readonly encoders: readonly string[];
  /** Folds of the cross-validation that Table 4 asks for. */
  readonly folds: number;
  /** A list of pairs and their documents, for Table 6. */
  readonly pairs?: string;
  readonly documents?: string;
  readonly ids?: string;
  readonly signal: AbortSignal;
}

/** What one cell learns. */
export interface CellPlan {
  readonly name: string;
  readonly method: Method;
  readonly corpora: readonly CorpusDeclaration[];
  /** Share of the task's documents, where it is not the experiment's. */
  readonly fraction?: number;
  readonly encoder?: string;
  /** Papers that are evaluated on. */
  readonly without?: ReadonlySet<string>;
  /** Epochs over the task alone after what is mixed; by default the method's. */
  readonly taskEpochs?: number;
}

/** F1 of pairs and of typed pairs, in fractions of 1. */
export interface CellScores {
  readonly pair: number;
  readonly typed: number;
}

/** The corpora of the paper, BioRED first. */
const PAPER_ORDER = "biored aimed drugprot ddi2013 hprd50 bc5cdr emu pharmgkb disgenet".split(" ");

/** Those of the paper's corpora that lie in the experiment's folder. Throws NOT_FOUND without BioRED. */
export async function presentCorpora({ from }: Experiment): Promise<CorpusDeclaration[]> {
  const present: CorpusDeclaration[] = [];
  for (const name of PAPER_ORDER) {
    const corpus = CORPORA.find((one) => one.name === name);
    if (corpus === undefined) continue;
    const files = await corpusFiles(corpus, from, "all").catch((fault: unknown) => {
      if (fault instanceof BioWeftError && fault.code === "NOT_FOUND" && name !== "biored") return undefined;
      throw fault;
    });
    if (files !== undefined) present.push(corpus);
  }
  return present;
}

/** The others of the paper that are absent, as a note; none where all are there. */
export function absenceNote(present: readonly CorpusDeclaration[]): string[] {
  const absent = PAPER_ORDER.filter((name) => !present.some((corpus) => corpus.name === name));
  return absent.length === 0 ? [] : [`without ${absent.join(", ")}, which are not in the folder`];
}

/** The figures of a cell: from its folder, or by training what is left of it and calling `evaluate`. */
export async function cell<Figures>(
  experiment: Experiment,
  plan: CellPlan,
  evaluate: (modelDir: string) => Promise<Figures>,
): Promise<Figures> {
  const dir = join(experiment.out, plan.name);
  const choice = toChoice(experiment, plan, dir);
  const asked = JSON.stringify({ ...choice, without: choice.without.size, weights: undefined });
  const outcome = join(dir, "outcome.json");
  const text = await readFile(outcome, "utf8").catch(() => undefined);
  if (text !== undefined) {
    const found = JSON.parse(text) as { readonly asked: string; readonly figures: Figures };
    if (found.asked === asked) return found.figures;
    const reason =
      "holds a cell that was trained with other options; give another --out folder or the same ones";
    throw new BioWeftError("CONFIG", reason, { place: { file: outcome } });
  }
  process.stderr.write(`${plan.name}:\n`);
  await mkdir(dir, { recursive: true });
  await runTraining(choice, experiment.signal);
  const figures = await evaluate(choice.out);
  await writeWholeFile(outcome, JSON.stringify({ asked, figures }));
  // Checkpoints are many times the model's size, and nothing is left to resume.
  for (const file of await readdir(choice.run)) {
    if (file.endsWith(".safetensors")) await rm(join(choice.run, file));
  }
  return figures;
}

/** Asks a trained model about documents, as the given corpus asks. */
export async function answersOf(
  modelDir: string,
  corpus: CorpusDeclaration,
  documents: AsyncIterable<Document>,
): Promise<ClassifiedAnswer[]> {
  const classifier = await loadChosenModel(
    { model: modelDir, engine: EXACT_ENGINE },
    { task: corpus, wants: askedPairs(corpus) },
  );
  try {
    return await classifiedAnswers(classifier, documents, () => undefined);
  } finally {
    await classifier.dispose();
  }
}

/** The two F1 figures of full scores. */
export function toCellScores({ pair, typed }: RelationScores): CellScores {
  return { pair: pair.f1, typed: typed.f1 };
}

function toChoice({ learning, from, epochs }: Experiment, plan: CellPlan, dir: string): TrainingChoice {
  const alone = plan.method === "single" || plan.method === "transfer" ? epochs : 0;
  return {
    ...learning,
    fraction: plan.fraction ?? learning.fraction,
    otherFraction: learning.fraction,
    encoder: plan.encoder ?? learning.encoder,
    corpora: plan.corpora.map((corpus) => corpus.name),
    from,
    method: plan.method,
    run: join(dir, "run"),
    out: join(dir, "model"),
    id: `reproduce-${plan.name}@1`,
    epochs: plan.taskEpochs ?? alone,
    mixedEpochs: epochs,
    weights: new Map(),
    without: plan.without ?? new Set(),
  };
}
