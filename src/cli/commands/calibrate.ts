/**
 * `bioweft calibrate`: fits how sure a model may be on documents that it was not trained on, and writes that into
 * the model's `bioweft.json`, for the prompt of the documents' corpus. Its weights stay as they are.
 */

import { Command, Option } from "commander";
import type { CorpusDeclaration, Split } from "../../../ingest/corpora/corpus.js";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { documentCandidates } from "../../core/candidate.js";
import { readConfig } from "../../core/config.js";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { RelationClassifier } from "../../core/prediction.js";
import { seededRandom } from "../../core/random.js";
import type { ScoringRule } from "../../evaluation/relation-scores.js";
import { measureReliability, type Reliability } from "../../evaluation/reliability.js";
import { loadChosenModel } from "../../lab/evaluation/chosen-model.js";
import { qualifierCases, reliabilityCases } from "../../lab/evaluation/reliability-cases.js";
import { askedPairs, scoringRule } from "../../lab/evaluation/scoring-rule.js";
import {
  crossCalibrated,
  fitToPredictions,
  scoresOf,
  truthsOf,
  type UncalibratedDocument,
  underCalibration,
} from "../../model/answers/calibration.js";
import {
  type Calibration,
  recalibrate,
  UNCALIBRATED,
  withDecisionsOf,
} from "../../model/answers/decoding.js";
import { readModelFacts } from "../../model/checkpoints/model-facts.js";
import { answeringPrompt, readCalibration, writeCalibration } from "../../model/folder/calibration-file.js";
import { startPaperProgress } from "../../terminal/progress.js";
import { printJson, printLines } from "../../terminal/report.js";
import { type DocumentRange, inRange, withDocumentRange } from "../options/document-range.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";
import { atLeastOne, atLeastTwo } from "../options/number-options.js";

interface CalibrateOptions extends ModelOptions, DocumentRange {
  readonly corpus: string;
  readonly from: string;
  readonly split: Split;
  readonly held?: number;
  readonly seed: number;
  readonly folds?: number;
  readonly keepDecisions: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const calibrate = new Command("calibrate")
    .description("fit a model's probabilities and threshold on documents that it was not trained on")
    .requiredOption("--corpus <name>", "the corpus, such as biored")
    .requiredOption("--from <path>", "its file of held-out documents, or its folder in the published layout")
    .addOption(
      new Option("--split <name>", "part of a folder").choices(["train", "dev", "all"]).default("train"),
    )
    .option(
      "--held <n>",
      "of the training part, only the n documents that `train --held n` kept back",
      atLeastOne,
    )
    .option("--seed <n>", "the seed of that training", atLeastOne, 42)
    .option(
      "--folds <n>",
      "report as well what it is worth on unseen documents, by cross-validation",
      atLeastTwo,
    )
    .option("--keep-decisions", "assert the same pairs as before, with other probabilities", false)
    .option("--dry-run", "fit and report, but leave the model as it is", false)
    .option("--json", "print the outcome as JSON", false);
  return withModelOptions(withDocumentRange(calibrate)).action(run);
}

async function run(options: CalibrateOptions): Promise<void> {
  const corpus = corpusByName(options.corpus);
  const folder = options.model ?? readConfig().modelDir;
  const prompt = await checkedPrompt(folder, corpus, options);
  const before = (await readCalibration(folder, corpus)) ?? UNCALIBRATED;
  const rule = scoringRule(corpus);
  const documents = await heldOut(corpus, options);
  const classifier = await loadChosenModel(options, { task: corpus, wants: askedPairs(corpus) });
  const raw = await uncalibrated(classifier, documents, before).finally(() => classifier.dispose());
  const fitted = fitToPredictions(raw, rule);
  const after = options.keepDecisions ? withDecisionsOf(fitted, decisionsOf(before, folder)) : fitted;
  if (!options.dryRun) await writeCalibration(folder, after, classifier.info, prompt);
  const crossed = options.folds === undefined ? undefined : crossCalibrated(raw, options.folds, rule);
  const outcome = {
    model: classifier.info.id,
    prompt,
    documents: documents.length,
    pairs: raw.reduce((sum, { predictions }) => sum + predictions.length, 0),
    written: !options.dryRun,
    before: { calibration: before, ...errorsAt(raw, before), ...f1At(raw, before, rule) },
    after: { calibration: after, ...errorsAt(raw, after), ...f1At(raw, after, rule) },
    ...(crossed === undefined ? {} : { crossValidated: { ...errorsOf(crossed), ...f1Of(crossed, rule) } }),
  };
  if (options.json) return printJson(outcome);
  const line = (name: string, { calibration, ...figures }: typeof outcome.before) =>
    `${name}  ${shownErrors(figures)}; ${shownF1(figures)}  ${JSON.stringify(calibration)}`;
  printLines(
    `${outcome.model}, asked as ${prompt}, on ${outcome.documents} documents, ${outcome.pairs} pairs; figures on these same documents:`,
    line("before", outcome.before),
    line("after ", outcome.after),
    ...(outcome.crossValidated === undefined ? [] : [crossLine(outcome.crossValidated)]),
    options.dryRun ? "nothing written" : `written to ${folder}`,
  );
}

/**
 * The prompt whose calibration is fitted. Throws CONFIG where it would be another corpus's: such a model answers as
 * BioRED, and BioRED's own documents decide how sure of that it may be.
 */
async function checkedPrompt(
  folder: string,
  corpus: CorpusDeclaration,
  { dryRun, held, skip, kept }: CalibrateOptions,
): Promise<string> {
  const prompt = await answeringPrompt(folder, corpus);
  if (prompt !== corpus.prompt && !dryRun) {
    const reason = `was not trained on ${corpus.name} and answers as ${prompt} there; calibrate that, or give --dry-run`;
    throw new BioWeftError("CONFIG", reason, { place: { file: folder } });
  }
  const { corpora } = await readModelFacts(folder);
  if (corpora.includes(corpus.name) && held === undefined && skip === 0 && kept === undefined) {
    process.stderr.write(
      `the model was trained on ${corpus.name}: unless these documents were kept out of that (--kept, --held, --skip), it will be too sure\n`,
    );
  }
  return prompt;
}

/** A calibration whose decisions can be kept. */
function decisionsOf(calibration: Calibration, folder: string): Calibration {
  if (calibration.typeTemperature !== undefined) return calibration;
  const reason = "has no decisions of its own to keep; calibrate it once without --keep-decisions";
  throw new BioWeftError("BAD_INPUT", reason, { place: { file: folder } });
}

/** The documents to fit on; with `--held` those that training kept back. */
async function heldOut(corpus: CorpusDeclaration, options: CalibrateOptions): Promise<Document[]> {
  const documents: Document[] = [];
  const read = readCorpus(corpus, options.from, options.split);
  for await (const document of inRange(read, options, corpus.name)) {
    const asked = documentCandidates(document).some(({ pairType }) => corpus.pairTypes.includes(pairType));
    if (asked) documents.push(document);
  }
  const chosen =
    options.held === undefined
      ? documents
      : seededRandom(options.seed).shuffle(documents).slice(0, options.held);
  if (chosen.some(({ relations }) => relations.length > 0)) return chosen;
  const reason = "no document with a relation, so nothing to fit on; give an annotated file";
  throw new BioWeftError("BAD_INPUT", reason, { place: { file: options.from } });
}

async function uncalibrated(
  classifier: RelationClassifier,
  documents: readonly Document[],
  from: Calibration,
): Promise<UncalibratedDocument[]> {
  const progress = startPaperProgress("calibrate", "documents", documents.length);
  const answers: UncalibratedDocument[] = [];
  const asking = { onProgress: progress.scored };
  for await (const { document, predictions: made } of classifier.predictAll(documents, asking)) {
    const predictions = made.map((one) => recalibrate(one, from, UNCALIBRATED));
    answers.push({ document, predictions, truths: truthsOf(document, predictions) });
    progress.update(answers.length);
  }
  progress.stop();
  return answers;
}

function errorsAt(documents: readonly UncalibratedDocument[], calibration: Calibration) {
  return errorsOf(documents.map((one) => underCalibration(one, calibration)));
}

function errorsOf(documents: readonly UncalibratedDocument[]) {
  const cases = documents.map(({ document, predictions, truths }) => ({
    ...reliabilityCases(predictions, truths),
    ...qualifierCases(document, predictions),
  }));
  return {
    related: measureReliability(cases.flatMap(({ related }) => related))?.error,
    answer: measureReliability(cases.flatMap(({ answer }) => answer))?.error,
    type: measureReliability(cases.flatMap(({ type }) => type))?.error,
    direction: measureReliability(cases.flatMap(({ direction }) => direction))?.error,
    novelty: measureReliability(cases.flatMap(({ novelty }) => novelty))?.error,
  };
}

function f1At(documents: readonly UncalibratedDocument[], calibration: Calibration, rule: ScoringRule) {
  return f1Of(
    documents.map((one) => underCalibration(one, calibration)),
    rule,
  );
}

function f1Of(documents: readonly UncalibratedDocument[], rule: ScoringRule) {
  const { pair, typed } = scoresOf(documents, rule);
  return { pair: pair.f1, typed: typed.f1 };
}

type CrossValidated = ReturnType<typeof errorsOf> & ReturnType<typeof f1Of>;

function crossLine(figures: CrossValidated): string {
  return `each fitted on the others  ${shownErrors(figures)}; ${shownF1(figures)}`;
}

function shownF1({ pair, typed }: ReturnType<typeof f1Of>): string {
  return `F1 pair ${(100 * pair).toFixed(1)}, typed ${(100 * typed).toFixed(1)}`;
}

function shownErrors({ related, answer, type, direction, novelty }: ReturnType<typeof errorsOf>): string {
  const shown = (error: Reliability["error"] | undefined) => (error === undefined ? "–" : error.toFixed(3));
  const further = Object.entries({ direction, novelty }).flatMap(([name, error]) =>
    error === undefined ? [] : [`, of ${name} ${shown(error)}`],
  );
  return `error of related ${shown(related)}, of the answer ${shown(answer)}, of the type ${shown(type)}${further.join("")}`;
}
