/**
 * The 2 × 2 table of A's and a candidate's neighbours, on which the association measures rest: of all entities, how many are
 * neighbours of both, of one, of neither. Source: Church and Hanks 1990; Dunning 1993; Manning and Schütze 1999, ch. 5.
 */
import { required } from "../../core/required.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** One candidate's table: the cell of both, the margins and the whole. */
interface Contingency {
  /** Neighbours of both: the linking terms. */
  readonly both: number;
  /** Neighbours of A, of the candidate, and entities in all. */
  readonly ofStart: number;
  readonly ofCandidate: number;
  readonly all: number;
}

/** A ranker that computes its score from the table alone; `without` is the score of a candidate without linking terms. */
export function contingencyScores(
  { view, from, linking, reached }: RankingQuery,
  measure: (table: Contingency) => number,
  without = 0,
): RankerScores {
  const { degrees, connected: all } = view;
  const table = (entity: number): Contingency => ({
    both: required(linking.counts[entity], "a candidate's count"),
    ofStart: required(degrees[from], "an entity's degree"),
    ofCandidate: required(degrees[entity], "an entity's degree"),
    all,
  });
  const scores = new Float64Array(view.size);
  if (without !== 0) scores.fill(without);
  for (const entity of reached) scores[entity] = measure(table(entity));
  return { scores, numbers: (entity) => ({ ...table(entity), expected: expected(table(entity)) }) };
}

/** Linking terms to expect if the two had nothing to do with each other. */
export function expected({ ofStart, ofCandidate, all }: Contingency): number {
  return all === 0 ? 0 : (ofStart * ofCandidate) / all;
}

/** The four cells: both, A only, the candidate only, neither. */
export function cells({ both, ofStart, ofCandidate, all }: Contingency): [number, number, number, number] {
  return [both, ofStart - both, ofCandidate - both, all - ofStart - ofCandidate + both];
}
