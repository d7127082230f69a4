/**
 * A candidate that is read at several pairs of mentions has an answer of each. A text that states a relation once
 * states it, whatever its other mentions say: so the reading counts that is surest that the pair is related.
 */

import type { Candidate } from "../../core/candidate.js";
import { isRelationType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";

/** Rows of an array by the candidate that they answer for, in the order of first rows. */
export function rowsByCandidate(candidates: readonly Candidate[]): Map<Candidate, number[]> {
  const rows = new Map<Candidate, number[]>();
  for (const [row, candidate] of candidates.entries()) {
    const own = rows.get(candidate);
    if (own === undefined) rows.set(candidate, [row]);
    else own.push(row);
  }
  return rows;
}

/** The row of each candidate's strongest reading, the first on a tie; `logits[i]` answers for `candidates[i]`. */
export function strongestRows(
  candidates: readonly Candidate[],
  logits: readonly Float32Array[],
  classes: readonly string[],
): Map<Candidate, number> {
  const negatives = new Set(negativeClasses(classes));
  const odds = logits.map((row) => logOdds(row, negatives));
  const strongest = new Map<Candidate, number>();
  for (const [row, candidate] of candidates.entries()) {
    const best = strongest.get(candidate);
    if (
      best === undefined ||
      required(odds[row], "a row's odds") > required(odds[best], "the best row's odds")
    )
      strongest.set(candidate, row);
  }
  return strongest;
}

/** Indexes of the classes that say that a pair is not related: None and the corpora's own negatives. */
export function negativeClasses(classes: readonly string[]): number[] {
  return classes.flatMap((name, index) => (isRelationType(name) ? [] : [index]));
}

function logOdds(logits: Float32Array, negatives: ReadonlySet<number>): number {
  const sum = (negative: boolean) =>
    logSumExp(logits.filter((_, index) => negatives.has(index) === negative));
  return sum(false) - sum(true);
}

function logSumExp(values: Float32Array): number {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
}
