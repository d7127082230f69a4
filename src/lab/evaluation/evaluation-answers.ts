/**
 * Where the relations to score come from: a classifier that is asked now, or the file of one that was asked before,
 * any tool's. Both end as the documents of a corpus with the relations asserted of them.
 */

import {
  readPredictedRelations,
  toAssertedRelations,
} from "../../../ingest/formats/pubtator/predicted-relations.js";
import { type ScoredRelation, toScoredRelations } from "../../../ingest/formats/reading/scored-relation.js";
import { readCompatScores } from "../../../ingest/formats/tables/compat-scores.js";
import type { Document } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { DocumentPredictions, RelationClassifier } from "../../core/prediction.js";
import type { RelationAnswer } from "../../evaluation/relation-scores.js";
import { startPaperProgress } from "../../terminal/progress.js";

/** A document with what a classifier found related. */
export interface ClassifiedAnswer extends RelationAnswer {
  readonly relations: readonly ScoredRelation[];
}

/** Asks a classifier about every document; `onPredicted` sees all its answers before they are let go. */
export async function classifiedAnswers(
  classifier: RelationClassifier,
  documents: AsyncIterable<Document>,
  onPredicted: (predicted: DocumentPredictions) => void,
): Promise<ClassifiedAnswer[]> {
  const progress = startPaperProgress("evaluate", "documents");
  const answers: ClassifiedAnswer[] = [];
  for await (const predicted of classifier.predictAll(documents, { onProgress: progress.scored })) {
    onPredicted(predicted);
    answers.push({ document: predicted.document, relations: toScoredRelations(predicted) });
    progress.update(answers.length);
  }
  progress.stop();
  return answers;
}

/** What a prediction file says of a corpus's documents, and what of it found no place there. */
interface FileAnswers {
  readonly answers: readonly RelationAnswer[];
  /** Documents of the corpus that the file does not name: nothing is predicted of them. */
  readonly unanswered: number;
  /** Documents that only the file names; they are not scored. */
  readonly unknown: number;
  /** Relations with an end that the document does not mention; they are not scored. */
  readonly unplaced: number;
}

/** Reads a prediction file; `rows` are the original tool's, where the file holds its scores. Throws BAD_INPUT, NOT_FOUND. */
export async function fileAnswers(
  file: string,
  rows: string | undefined,
  documents: AsyncIterable<Document>,
): Promise<FileAnswers> {
  const written =
    rows === undefined ? await readPredictedRelations(file) : await readCompatScores(file, rows);
  const answers: RelationAnswer[] = [];
  let unanswered = 0;
  let unplaced = 0;
  for await (const document of documents) {
    const own = written.get(document.pmid);
    if (own === undefined) unanswered += 1;
    const placed = toAssertedRelations(document, own ?? []);
    unplaced += placed.unplaced;
    answers.push({ document, relations: placed.relations });
  }
  const unknown = written.size - (answers.length - unanswered);
  if (unanswered < answers.length) return { answers, unanswered, unknown, unplaced };
  const reason = "names no document of the corpus; give the predictions of the same documents";
  throw new BioWeftError("BAD_INPUT", reason, { place: { file } });
}
