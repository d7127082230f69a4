/**
 * What a model says of relations beside their type, measured on a corpus that knows it: collected as documents are
 * answered, then scored with how far it could have come out otherwise.
 */
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import type { DocumentPredictions } from "../../core/prediction.js";
import { bootstrapIntervals, type Interval } from "../../evaluation/bootstrap.js";
import { countQualifiers, type QualifierCounts } from "../../evaluation/qualifier-scores.js";
import { type Counts, sumCounts, toScore } from "../../evaluation/relation-scores.js";
import { type SpreadScore, withInterval } from "./evaluation-figures.js";
import { scoreLine } from "./evaluation-table.js";
import { scoringRule } from "./scoring-rule.js";

/** How often the model is right about gold pairs of which the answer is known, asserted or not. */
interface Accuracy {
  readonly pairs: number;
  /** A fraction of 1. */
  readonly accuracy: number;
  readonly interval?: Interval;
}

/** Scores of what was measured; absent where the corpus or the model says nothing of it. */
export interface QualifierFigures {
  /** `typed` is of (pair, type, subject). */
  readonly direction?: Accuracy & { readonly typed: SpreadScore };
  /** `pair` is of (pair, novel), `typed` of (pair, type, novel), as BioCreative VIII counts. */
  readonly novelty?: Accuracy & { readonly pair: SpreadScore; readonly typed: SpreadScore };
}

/** Collects predictions and measures them. */
interface QualifierMeter {
  add(predicted: DocumentPredictions): void;
  measure(): QualifierFigures;
}

/** A meter by a corpus's rule. */
export function qualifierMeter(corpus: CorpusDeclaration): QualifierMeter {
  const rule = scoringRule(corpus);
  const documents: QualifierCounts[] = [];
  const of = (name: keyof QualifierCounts) => documents.map((one) => one[name]);
  return {
    add({ document, predictions }) {
      documents.push(countQualifiers(document, predictions, rule));
    },
    measure() {
      const [directed, known] = [accuracyOf(of("directed")), accuracyOf(of("known"))];
      return {
        ...(directed === undefined ? {} : { direction: { ...directed, typed: spreadOf(of("subject")) } }),
        ...(known === undefined
          ? {}
          : { novelty: { ...known, pair: spreadOf(of("novel")), typed: spreadOf(of("typedNovel")) } }),
      };
    },
  };
}

/** The figures as lines for people; none where nothing was measured. */
export function qualifierLines({ direction, novelty }: QualifierFigures): string[] {
  const share = (name: string, { accuracy, pairs }: Accuracy) =>
    `${name}: right of ${(100 * accuracy).toFixed(1)} % of ${pairs} gold pairs`;
  return [
    ...(direction === undefined
      ? []
      : ["", share("direction", direction), scoreLine("  pair, type and subject", direction.typed)]),
    ...(novelty === undefined
      ? []
      : [
          "",
          share("novelty", novelty),
          scoreLine("  pair and novelty      ", novelty.pair),
          scoreLine("  pair, type and novelty", novelty.typed),
        ]),
  ];
}

function accuracyOf(documents: readonly Counts[]): Accuracy | undefined {
  const { truePositives, predicted } = sumCounts(documents);
  if (predicted === 0) return undefined;
  const interval = bootstrapIntervals(documents)?.precision;
  return {
    pairs: predicted,
    accuracy: truePositives / predicted,
    ...(interval === undefined ? {} : { interval }),
  };
}

function spreadOf(documents: readonly Counts[]): SpreadScore {
  return withInterval(toScore(sumCounts(documents)), bootstrapIntervals(documents));
}
