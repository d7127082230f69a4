/**
 * Scores of what is said of a relation beside its type. Novelty as the BioRED track of BioCreative VIII counts it: set
 * match of (pair, novel) and of (pair, type, novel) per document; direction likewise, of (pair, type, subject). Beside
 * them how often the model is right about gold pairs, whether or not it asserts them. Source: Islamaj et al. 2024.
 */
import { pairKey } from "../core/candidate.js";
import type { Document } from "../core/document.js";
import type { Prediction } from "../core/prediction.js";
import { type GoldQualifiers, goldQualifiers } from "../core/qualifiers/gold-qualifiers.js";
import { type Counts, countedRelation, countKeys, type ScoringRule } from "./relation-scores.js";

/** The counts of one document, or of many together. */
export interface QualifierCounts {
  /** Of gold pairs whose subject is known and that the model was asked: those of which it names it. */
  readonly directed: Counts;
  /** (pair, type, subject), neither being a subject like any other. */
  readonly subject: Counts;
  /** Of gold pairs whose novelty is known and that the model was asked: those of which it says it. */
  readonly known: Counts;
  /** (pair, novel) and (pair, type, novel). */
  readonly novel: Counts;
  readonly typedNovel: Counts;
}

/** The counts of a document. Where nothing is known of a qualifier, its predictions count for nothing either. */
export function countQualifiers(
  document: Document,
  predictions: readonly Prediction[],
  rule: ScoringRule,
): QualifierCounts {
  const counted = countedRelation(document, rule);
  const known = goldQualifiers(document);
  const gold = document.relations.filter(counted).map(({ subject, object, type }) => {
    const pair = pairKey(subject, object);
    return { pair, type, ...known.get(pair) };
  });
  const stated = predictions.flatMap((prediction) => {
    const [subject, object] = [prediction.candidate.subject.curie, prediction.candidate.object.curie];
    if (!counted({ subject, object, type: prediction.type })) return [];
    return [{ ...said(prediction), pair: pairKey(subject, object), type: prediction.type }];
  });
  const asserted = stated.filter(({ type }) => type !== "None");
  const keys = (some: readonly Said[], part: (one: Said) => string | undefined) =>
    some.flatMap((one) => part(one) ?? []);
  const compare = (part: (one: Said) => string | undefined) => {
    const wanted = keys(gold, part);
    return wanted.length === 0 ? NOTHING : countKeys(wanted, keys(asserted, part));
  };
  const right = (part: (one: Said) => Value) => {
    const asked = new Map(stated.map((one) => [one.pair, part(one)]));
    const pairs = [...new Map(gold.map((one) => [one.pair, part(one)]))].filter(
      ([pair, wanted]) => wanted !== undefined && wanted !== null && asked.get(pair) !== undefined,
    );
    const truePositives = pairs.filter(([pair, wanted]) => asked.get(pair) === wanted).length;
    return { truePositives, predicted: pairs.length, gold: pairs.length };
  };
  return {
    directed: right(({ subject }) => subject),
    subject: compare(({ pair, type, subject }) =>
      subject === undefined ? undefined : `${pair}\t${type}\t${subject}`,
    ),
    known: right(({ novel }) => novel),
    novel: compare(({ pair, novel }) => (novel === undefined ? undefined : `${pair}\t${novel}`)),
    typedNovel: compare(({ pair, type, novel }) =>
      novel === undefined ? undefined : `${pair}\t${type}\t${novel}`,
    ),
  };
}

/** What a qualifier says; null: that neither end acts, undefined: nothing. */
type Value = string | boolean | null | undefined;
type Said = GoldQualifiers & { readonly pair: string; readonly type: string };

function said({ direction, novelty }: Prediction): GoldQualifiers {
  return {
    ...(direction === undefined ? {} : { subject: direction.subject }),
    ...(novelty === undefined ? {} : { novel: novelty.novel }),
  };
}

const NOTHING: Counts = { truePositives: 0, predicted: 0, gold: 0 };
