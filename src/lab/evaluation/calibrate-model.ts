/**
 * Fits how sure a model may be on documents that it was not trained on, for the prompt of their corpus, and writes that
 * into the model's `bioweft.json`: what `bioweft calibrate` does. The model's weights stay as they are.
 */
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { documentCandidates } from "../../core/candidate.js";
import { readConfig } from "../../core/config.js";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { RelationClassifier } from "../../core/prediction.js";
import { seededRandom } from "../../core/random.js";
import type { ScoringRule } from "../../evaluation/relation-scores.js";
import { measureReliability } from "../../evaluation/reliability.js";
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
import { loadChosenModel, type ModelChoice } from "./chosen-model.js";
import { qualifierCases, reliabilityCases } from "./reliability-cases.js";
import { askedPairs, scoringRule } from "./scoring-rule.js";

/** What is fitted, and on what. */
interface CalibrationChoice extends ModelChoice {
  readonly corpus: CorpusDeclaration;
  /** Documents to fit on, and the path that they come from. */
  readonly documents: AsyncIterable<Document>;
  readonly from: string;
  /** Of the documents only those that a training with this seed kept back. */
  readonly held?: number;
  readonly seed: number;
  /** Parts of a cross-validation; absent: none. */
  readonly folds?: number;
  /** The same pairs are asserted as before. */
  readonly keepDecisions: boolean;
  /** The model is left as it is. */
  readonly dryRun: boolean;
  /** Whether the documents were chosen from what training kept out. */
  readonly areKeptOut: boolean;
}

/** Expected calibration errors of a model's probabilities, absent without cases, and its F1, fractions of 1. */
export type CalibratedFigures = ReturnType<typeof errorsOf> & ReturnType<typeof f1Of>;

/** What came of it. */
export interface CalibrationOutcome {
  readonly model: string;
  readonly prompt: string;
  readonly documents: number;
  readonly pairs: number;
  readonly written: boolean;
  readonly before: CalibratedFigures & { readonly calibration: Calibration };
  readonly after: CalibratedFigures & { readonly calibration: Calibration };
  readonly crossValidated?: CalibratedFigures;
}

/** Calibrates. Throws CONFIG for a corpus whose answers are another's, BAD_INPUT where there is nothing to fit on. */
export async function calibrateModel(choice: CalibrationChoice): Promise<CalibrationOutcome> {
  const { corpus, folds, dryRun, keepDecisions } = choice;
  const folder = choice.model ?? readConfig().modelDir;
  const prompt = await checkedPrompt(folder, choice);
  const before = (await readCalibration(folder, corpus)) ?? UNCALIBRATED;
  const rule = scoringRule(corpus);
  const documents = await heldOut(choice);
  const classifier = await loadChosenModel(choice, { task: corpus, wants: askedPairs(corpus) });
  const raw = await uncalibrated(classifier, documents, before).finally(() => classifier.dispose());
  const fitted = fitToPredictions(raw, rule);
  const after = keepDecisions ? withDecisionsOf(fitted, decisionsOf(before, folder)) : fitted;
  if (!dryRun) await writeCalibration(folder, after, classifier.info, prompt);
  const crossed = folds === undefined ? undefined : crossCalibrated(raw, folds, rule);
  return {
    model: classifier.info.id,
    prompt,
    documents: documents.length,
    pairs: raw.reduce((sum, { predictions }) => sum + predictions.length, 0),
    written: !dryRun,
    before: { calibration: before, ...errorsAt(raw, before), ...f1At(raw, before, rule) },
    after: { calibration: after, ...errorsAt(raw, after), ...f1At(raw, after, rule) },
    ...(crossed === undefined ? {} : { crossValidated: { ...errorsOf(crossed), ...f1Of(crossed, rule) } }),
  };
}

/**
 * The prompt whose calibration is fitted. Throws CONFIG where it would be another corpus's: such a model answers as
 * BioRED, and BioRED's own documents decide how sure of that it may be.
 */
async function checkedPrompt(
  folder: string,
  { corpus, dryRun, areKeptOut }: CalibrationChoice,
): Promise<string> {
  const prompt = await answeringPrompt(folder, corpus);
  if (prompt !== corpus.prompt && !dryRun) {
    const reason = `was not trained on ${corpus.name} and answers as ${prompt} there; calibrate that, or give --dry-run`;
    throw new BioWeftError("CONFIG", reason, { place: { file: folder } });
  }
  const { corpora } = await readModelFacts(folder);
  if (corpora.includes(corpus.name) && !areKeptOut) {
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
async function heldOut({ corpus, held, seed, from, ...choice }: CalibrationChoice): Promise<Document[]> {
  const documents: Document[] = [];
  for await (const document of choice.documents) {
    const asked = documentCandidates(document).some(({ pairType }) => corpus.pairTypes.includes(pairType));
    if (asked) documents.push(document);
  }
  const chosen = held === undefined ? documents : seededRandom(seed).shuffle(documents).slice(0, held);
  if (chosen.some(({ relations }) => relations.length > 0)) return chosen;
  const reason = "no document with a relation, so nothing to fit on; give an annotated file";
  throw new BioWeftError("BAD_INPUT", reason, { place: { file: from } });
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
