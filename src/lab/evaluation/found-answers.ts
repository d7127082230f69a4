/**
 * The answers that `bioweft evaluate` scores and whose they are: those of a file, or of a model, with how far its
 * probabilities on a corpus can be trusted.
 */
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { readConfig } from "../../core/config.js";
import type { Document } from "../../core/document.js";
import type { RelationAnswer } from "../../evaluation/relation-scores.js";
import { readCalibration } from "../../model/folder/calibration-file.js";
import { type CalibrationFigures, calibrationMeter } from "./calibration-figures.js";
import { loadChosenModel, type ModelChoice } from "./chosen-model.js";
import { classifiedAnswers, fileAnswers } from "./evaluation-answers.js";
import { type QualifierFigures, qualifierMeter } from "./qualifier-figures.js";
import { askedPairs } from "./scoring-rule.js";

/** Whose answers are wanted. */
interface AnswerChoice extends ModelChoice {
  /** A file of predictions, in place of a model's. */
  readonly predictions?: string;
  /** The original tool's rows, where the file holds its scores. */
  readonly rows?: string;
  /** Whether a model is asked with the corpus's own prompt or BioRED's. */
  readonly ask: "own" | "biored";
}

/** A model, with the pairs that it read only in part, and those that it was not asked. */
export interface ModelSource {
  readonly model: string;
  readonly engine: string;
  readonly truncated?: number;
  readonly unasked?: number;
}

/** Whose answers they are, as the report says it. */
export type Source =
  | ModelSource
  | {
      readonly predictions: string;
      readonly unanswered: number;
      readonly unknown: number;
      readonly unplaced: number;
    };

/** The answers that are scored, with what can be measured of a model's own probabilities. */
interface FoundAnswers {
  readonly answers: readonly RelationAnswer[];
  readonly source: Source;
  readonly calibration?: CalibrationFigures;
  readonly qualifiers?: QualifierFigures;
}

/** The answers of a file, or of a model with how far its probabilities on a corpus can be trusted. */
export async function findAnswers(
  options: AnswerChoice,
  documents: AsyncIterable<Document>,
  corpus?: CorpusDeclaration,
): Promise<FoundAnswers> {
  const { predictions } = options;
  if (predictions !== undefined) {
    const { answers, ...counts } = await fileAnswers(predictions, options.rows, documents);
    return { answers, source: { predictions, ...counts } };
  }
  const task = options.ask === "biored" ? undefined : corpus;
  const classifier = await loadChosenModel(options, {
    wants: corpus === undefined ? ({ pairType }) => pairType === "D-G" : askedPairs(corpus),
    ...(task === undefined ? {} : { task }),
  });
  try {
    const meter =
      corpus === undefined
        ? undefined
        : calibrationMeter(corpus, await readCalibration(options.model ?? readConfig().modelDir, task));
    const qualifiers = corpus === undefined ? undefined : qualifierMeter(corpus);
    let [truncated, unasked] = [0, 0];
    const answers = await classifiedAnswers(classifier, documents, (predicted) => {
      meter?.add(predicted);
      qualifiers?.add(predicted);
      truncated += predicted.truncated ?? 0;
      unasked += predicted.unasked ?? 0;
    });
    const calibration = meter?.measure();
    const { id: model, engine } = classifier.info;
    const source = {
      ...{ model, engine },
      ...(truncated === 0 ? {} : { truncated }),
      ...(unasked === 0 ? {} : { unasked }),
    };
    return {
      answers,
      source,
      ...(calibration === undefined ? {} : { calibration }),
      ...(qualifiers === undefined ? {} : { qualifiers: qualifiers.measure() }),
    };
  } finally {
    await classifier.dispose();
  }
}
