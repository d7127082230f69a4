/**
 * What the pair network reads of one pair: token ids, from the opening token to the closing one. Made by
 * compat-input.ts (as the original tool) or clean-input.ts (ours); batched by pair-batches.ts.
 */
import { type Candidate, candidateEnds, eachCandidate } from "../../core/candidate.js";
import type { Document } from "../../core/document.js";
import { type AskedPairs, nearestPairs } from "../../core/nearest-pairs.js";

/** A pair as token ids. */
export interface PairSequence {
  readonly candidate: Candidate;
  readonly ids: Int32Array;
  /** Tokens that did not fit and were left out. */
  readonly lost: number;
}

/** Which pairs are worth asking: all by default. What is not asked has no prediction. */
export type PairFilter = (candidate: Candidate, document: Document) => boolean;

/** The sequences of a document's pairs that the filter wants; of very many, those of the nearest (nearest-pairs.ts). */
export type PairInput = (document: Document, wants: PairFilter) => DocumentInputs<PairSequence>;

/** What is asked about one document. */
export interface DocumentInputs<Input> {
  readonly inputs: readonly Input[];
  /** Pairs that are wanted and not asked, as there are too many of them. */
  readonly unasked: number;
}

/** Asks about every pair. */
export const ALL_PAIRS: PairFilter = () => true;

/** The candidates of a document that are asked: those that are wanted or, of very many, the nearest. */
export function askedCandidates(document: Document, wants: PairFilter): AskedPairs<Candidate> {
  const wanted = function* () {
    for (const candidate of eachCandidate(document)) if (wants(candidate, document)) yield candidate;
  };
  return nearestPairs(wanted(), candidateEnds);
}
