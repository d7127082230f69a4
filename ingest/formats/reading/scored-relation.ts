/**
 * A classifier's relations as files carry them: ends, type and score, without the candidates behind them.
 */
import type {
  DocumentPredictions,
  PredictedDirection,
  PredictedNovelty,
} from "../../../src/core/prediction.js";

/** One predicted relation between two CURIEs; `score` is its calibrated probability. */
export interface ScoredRelation {
  readonly subject: string;
  readonly object: string;
  readonly type: string;
  readonly score: number;
  /** Which end acts, null for neither, and whether the paper claims it as its own; absent where the model does not tell. */
  readonly direction?: Pick<PredictedDirection, "subject" | "probability">;
  readonly novelty?: PredictedNovelty;
}

/** What a classifier found related in a document, in the order of its candidates. */
export function toScoredRelations(predicted: DocumentPredictions): ScoredRelation[] {
  return predicted.predictions.flatMap(({ candidate, type, probability, direction, novelty }) =>
    type === "None"
      ? []
      : [
          {
            ...{ subject: candidate.subject.curie, object: candidate.object.curie, type, score: probability },
            ...(direction === undefined
              ? {}
              : { direction: { subject: direction.subject, probability: direction.probability } }),
            ...(novelty === undefined ? {} : { novelty }),
          },
        ],
  );
}
