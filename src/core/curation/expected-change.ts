/**
 * By how much a curator's verdict on what a program says is expected to change belief, and the most that it can be among relations
 * of which nothing but their belief is known: so the first of a queue are found without a look at all relations.
 */
import { RELIABILITY } from "../belief.js";

/** Kinds of source that a queue asks about: programs. */
const PROGRAMS = ["model", "pubtator3"] as const;
export type ProgramKind = (typeof PROGRAMS)[number];

/** A row of evidence that is its paper's best, and the belief in its relation. */
interface JudgedRow {
  readonly belief: number;
  readonly probability: number;
  readonly kind: ProgramKind;
}

/**
 * The belief about which a verdict changes most: of a relation that hangs on one paper, whose weight is its belief. Away from it, on
 * either side, the bounds fall.
 */
export const MOST_OPEN_BELIEF = 0.46;

/**
 * With doubt D of the relation's other papers, weight w of this one and probability p of the row: D · (p · |0.99 − w| + (1 − p) · w),
 * since the paper then weighs what a curator's word does, or nothing.
 */
export function expectedChange({ belief, probability, kind }: JudgedRow): number {
  const weight = probability * RELIABILITY[kind];
  return ((1 - belief) / (1 - weight)) * changeAlone(weight, RELIABILITY[kind]);
}

/** Of a relation that only this paper supports. */
function changeAlone(weight: number, reliability: number): number {
  const probability = weight / reliability;
  return probability * Math.abs(RELIABILITY.curator - weight) + (1 - probability) * weight;
}

/** No row of a relation with at least this belief changes it more; for beliefs from MOST_OPEN_BELIEF on. */
export function mostChangeAbove(belief: number): number {
  const bounds = PROGRAMS.map((kind) => {
    const reliability = RELIABILITY[kind];
    // Over the weights that one of its papers can have: the change of it alone by the doubt of it alone, which has one maximum.
    const { rise, fall } = slopes(reliability);
    const highest = 1 - Math.sqrt(Math.max(0, 1 - rise / fall));
    const weight = Math.min(belief, highest, reliability);
    return ((1 - belief) / (1 - weight)) * changeAlone(weight, reliability);
  });
  return Math.max(...bounds);
}

/** No row of a relation with at most this belief changes it more; for beliefs up to MOST_OPEN_BELIEF. */
export function mostChangeBelow(belief: number): number {
  const bounds = PROGRAMS.map((kind) => {
    const { rise, fall } = slopes(RELIABILITY[kind]);
    return changeAlone(Math.min(belief, rise / (2 * fall)), RELIABILITY[kind]);
  });
  return Math.max(...bounds);
}

/** The change alone is rise · w − fall · w². */
function slopes(reliability: number): { readonly rise: number; readonly fall: number } {
  return { rise: 1 + RELIABILITY.curator / reliability, fall: 2 / reliability };
}
