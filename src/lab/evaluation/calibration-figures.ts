/**
 * The reliability of a classifier's probabilities on a corpus, before and after its calibration: collects what it
 * states of each document, then measures. Source of the measures: reliability.ts.
 */
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import type { DocumentPredictions } from "../../core/prediction.js";
import {
  measureReliability,
  type Reliability,
  type StatedProbability,
} from "../../evaluation/reliability.js";
import { truthsOf } from "../../model/answers/calibration.js";
import { type Calibration, recalibrate, UNCALIBRATED } from "../../model/answers/decoding.js";
import { DEFAULT_PROMPT } from "../../model/inputs/labels.js";
import {
  type QualifierCases,
  qualifierCases,
  type ReliabilityCases,
  reliabilityCases,
} from "./reliability-cases.js";

/** One probability's reliability; `before` is absent where the model has no calibration. */
interface ReliabilityCurves {
  readonly before?: Reliability;
  readonly after?: Reliability;
}

/**
 * That a pair is related; for corpora with BioRED's own types also that the answer, a type or none, is right, and that
 * an asserted relation is of its type; where corpus and model say it, which end of it acts, and whether it is new.
 */
export interface CalibrationFigures {
  readonly related: ReliabilityCurves;
  readonly answer?: ReliabilityCurves;
  readonly type?: ReliabilityCurves;
  readonly direction?: ReliabilityCurves;
  readonly novelty?: ReliabilityCurves;
}

/** What each probability is stated of, in the order in which they are shown. */
const STATED_OF = {
  related: "a pair is related",
  answer: "the answer about a pair, a type or none, is right",
  type: "an asserted relation is of its type",
  direction: "of an asserted relation that end acts, or neither",
  novelty: "an asserted relation is the paper's own finding, or is not",
} as const satisfies Record<keyof CalibrationFigures, string>;

/** The probabilities that were measured, with what each is stated of. */
export function namedCurves(figures: CalibrationFigures): (readonly [string, ReliabilityCurves])[] {
  return Object.entries(STATED_OF).flatMap(([name, statedOf]) => {
    const curvesOfOne = figures[name as keyof CalibrationFigures];
    return curvesOfOne === undefined ? [] : [[statedOf, curvesOfOne] as const];
  });
}

/** Collects predictions, those of pairs that the corpus asks about, and measures them. */
interface CalibrationMeter {
  add(predicted: DocumentPredictions): void;
  measure(): CalibrationFigures;
}

/** A meter for a corpus; undefined for one that says nothing of pairs that it does not relate. */
export function calibrationMeter(
  corpus: CorpusDeclaration,
  calibration: Calibration | undefined,
): CalibrationMeter | undefined {
  if (corpus.positivesOnly === true) return undefined;
  const given: (ReliabilityCases & QualifierCases)[] = [];
  const raw: (ReliabilityCases & QualifierCases)[] = [];
  const add = ({ document, predictions }: DocumentPredictions) => {
    const truths = truthsOf(document, predictions);
    given.push({ ...reliabilityCases(predictions, truths), ...qualifierCases(document, predictions) });
    if (calibration === undefined) return;
    const uncalibrated = predictions.map((one) => recalibrate(one, calibration, UNCALIBRATED));
    raw.push({ ...reliabilityCases(uncalibrated, truths), ...qualifierCases(document, uncalibrated) });
  };
  const of = (name: keyof CalibrationFigures) =>
    curves(
      raw.flatMap((cases) => cases[name]),
      given.flatMap((cases) => cases[name]),
    );
  const stated = (name: "direction" | "novelty") =>
    given.some((cases) => cases[name].length > 0) ? { [name]: of(name) } : {};
  const measure = () => ({
    related: of("related"),
    ...(corpus.prompt === DEFAULT_PROMPT ? { answer: of("answer"), type: of("type") } : {}),
    ...stated("direction"),
    ...stated("novelty"),
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
