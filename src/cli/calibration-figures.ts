/**
 * The reliability of a classifier's probabilities on a corpus, before and after its calibration: collects what it
 * states of each document, then measures. Source of the measures: reliability.ts.
 */
import type { CorpusDeclaration } from "../../ingest/corpora/corpus.js";
import type { DocumentPredictions } from "../core/prediction.js";
import { truthsOf } from "../model/calibration.js";
import { type Calibration, recalibrate, UNCALIBRATED } from "../model/decoding.js";
import { measureReliability, type Reliability, type StatedProbability } from "../model/reliability.js";
import { reliabilityCases } from "./reliability-cases.js";

/** One probability's reliability; `before` is absent where the model has no calibration. */
export interface ReliabilityCurves {
  readonly before?: Reliability;
  readonly after?: Reliability;
}

/** That a pair is related; and that an asserted relation is of its type, for corpora with BioRED's own types. */
export interface CalibrationFigures {
  readonly related: ReliabilityCurves;
  readonly type?: ReliabilityCurves;
}

/** Collects predictions, those of pairs that the corpus asks about, and measures them. */
export interface CalibrationMeter {
  add(predicted: DocumentPredictions): void;
  measure(): CalibrationFigures;
}

/** A meter for a corpus; undefined for one that says nothing of pairs that it does not relate. */
export function calibrationMeter(
  corpus: CorpusDeclaration,
  calibration: Calibration | undefined,
): CalibrationMeter | undefined {
  if (corpus.positivesOnly === true) return undefined;
  const none: StatedProbability[] = [];
  const collected = { related: [...none], type: [...none], rawRelated: [...none], rawType: [...none] };
  const add = ({ document, predictions }: DocumentPredictions) => {
    const truths = truthsOf(document, predictions);
    const { related, type } = reliabilityCases(predictions, truths);
    collected.related.push(...related);
    collected.type.push(...type);
    if (calibration === undefined) return;
    const raw = reliabilityCases(
      predictions.map((one) => recalibrate(one, calibration, UNCALIBRATED)),
      truths,
    );
    collected.rawRelated.push(...raw.related);
    collected.rawType.push(...raw.type);
  };
  const measure = () => ({
    related: curves(collected.rawRelated, collected.related),
    ...(corpus.name === "biored" ? { type: curves(collected.rawType, collected.type) } : {}),
  });
  return { add, measure };
}

function curves(raw: readonly StatedProbability[], given: readonly StatedProbability[]): ReliabilityCurves {
  const [before, after] = [measureReliability(raw), measureReliability(given)];
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
