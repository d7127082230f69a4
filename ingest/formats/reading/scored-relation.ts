/**
 * A classifier's relations as files carry them: ends, type and score, without the candidates behind them.
 */
import type { DocumentPredictions } from "../../../src/core/prediction.js";

/** One predicted relation between two CURIEs; `score` is its calibrated probability. */
export interface ScoredRelation {
  readonly subject: string;
  readonly object: string;
  readonly type: string;
  readonly score: number;
}

/** What a classifier found related in a document, in the order of its candidates. */
export function toScoredRelations(predicted: DocumentPredictions): ScoredRelation[] {
  return predicted.predictions.flatMap(({ candidate, type, probability }) =>
    type === "None"
      ? []
      : [{ subject: candidate.subject.curie, object: candidate.object.curie, type, score: probability }],
  );
}
