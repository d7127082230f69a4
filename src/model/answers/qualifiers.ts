/**
 * Logits → what a network says of a related pair beside its type: which end acts, and whether the finding is the
 * paper's own. Each is a softmax at a temperature of its own; nothing is left out, as all of it holds only where the
 * pair is related.
 */
import { type Candidate, pairKey } from "../../core/candidate.js";
import type { Prediction } from "../../core/prediction.js";
import type { GoldQualifiers } from "../../core/qualifiers/gold-qualifiers.js";
import { QUALIFIERS, type QualifierName } from "../inputs/labels.js";

/** What a prediction says beside its type. */
export type Qualified = Pick<Prediction, "direction" | "novelty">;

/** Temperatures of the qualifiers, as a calibration has them; 1 where absent. */
export interface QualifierTemperatures {
  readonly directionTemperature?: number;
  readonly noveltyTemperature?: number;
}

/** The qualifiers of a candidate from their logits, in the order of `names`. */
export function decodeQualifiers(
  candidate: Candidate,
  logits: Float32Array,
  names: readonly QualifierName[],
  temperatures: QualifierTemperatures,
): Qualified {
  let begin = 0;
  const qualified = names.map((name) => {
    const own = Array.from(logits.subarray(begin, begin + QUALIFIERS[name].length));
    begin += own.length;
    const probabilities = softmax(own, temperatures[`${name}Temperature`]);
    return name === "direction" ? directionOf(candidate, probabilities) : noveltyOf(probabilities);
  });
  return Object.assign({}, ...qualified);
}

/** The qualifiers of a prediction as they would be at other temperatures than those they were made with. */
export function requalified(
  { candidate, direction, novelty }: Pick<Prediction, "candidate"> & Qualified,
  from: QualifierTemperatures,
  to: QualifierTemperatures,
): Qualified {
  return {
    ...(direction === undefined
      ? {}
      : directionOf(candidate, at(directionRow(direction), "direction", from, to))),
    ...(novelty === undefined ? {} : noveltyOf(at(noveltyRow(novelty), "novelty", from, to))),
  };
}

/** Probabilities in the order of QUALIFIERS; undefined where the prediction says nothing of it. */
export function qualifierRow({ direction, novelty }: Qualified, name: QualifierName): number[] | undefined {
  if (name === "direction") return direction === undefined ? undefined : directionRow(direction);
  return novelty === undefined ? undefined : noveltyRow(novelty);
}

/** The place in QUALIFIERS of what an annotator said of a candidate; undefined where that is not known. */
export function qualifierPlace(
  { subject, object }: Candidate,
  gold: ReadonlyMap<string, GoldQualifiers>,
  name: QualifierName,
): number | undefined {
  const known = gold.get(pairKey(subject.curie, object.curie));
  if (name === "novelty") return known?.novel === undefined ? undefined : Number(!known.novel);
  if (known?.subject === undefined) return undefined;
  const place = known.subject === null ? -1 : [subject.curie, object.curie].indexOf(known.subject);
  return place === -1 ? QUALIFIERS.direction.indexOf("neither") : place;
}

function directionRow({ probabilities }: NonNullable<Qualified["direction"]>): number[] {
  return QUALIFIERS.direction.map((name) => probabilities[name]);
}

function noveltyRow({ novel, probability }: NonNullable<Qualified["novelty"]>): number[] {
  return novel ? [probability, 1 - probability] : [1 - probability, probability];
}

function at(
  made: readonly number[],
  name: QualifierName,
  from: QualifierTemperatures,
  to: QualifierTemperatures,
): number[] {
  const logits = made.map((value) => Math.log(Math.max(value, Number.MIN_VALUE)));
  return softmax(logits, (to[`${name}Temperature`] ?? 1) / (from[`${name}Temperature`] ?? 1));
}

function directionOf(
  { subject, object }: Candidate,
  [first = 0, second = 0, neither = 0]: readonly number[],
) {
  const probability = Math.max(first, second, neither);
  const ends = { subject: subject.curie, object: object.curie, neither: null };
  const end = probability === neither ? "neither" : probability === first ? "subject" : "object";
  return {
    direction: {
      subject: ends[end],
      probability,
      probabilities: { subject: first, object: second, neither },
    },
  };
}

function noveltyOf([novel = 0, known = 0]: readonly number[]) {
  return { novelty: { novel: novel > known, probability: Math.max(novel, known) } };
}

function softmax(logits: readonly number[], temperature = 1): number[] {
  const top = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp((logit - top) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
