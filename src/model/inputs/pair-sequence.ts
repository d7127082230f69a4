/**
 * What the pair network reads of one pair: token ids, from the opening token to the closing one. Made by
 * compat-input.ts (as the original tool) or clean-input.ts (ours); batched by pair-batches.ts.
 */
import type { Candidate } from "../../core/candidate.js";
import type { Document } from "../../core/document.js";

/** A pair as token ids. */
export interface PairSequence {
  readonly candidate: Candidate;
  readonly ids: Int32Array;
  /** Tokens that did not fit and were left out. */
  readonly lost: number;
}

/** Which pairs are worth asking: all by default. What is not asked has no prediction. */
export type PairFilter = (candidate: Candidate, document: Document) => boolean;

/** The sequences of a document's pairs that the filter wants. */
export type PairInput = (document: Document, wants: PairFilter) => PairSequence[];

/** Asks about every pair. */
export const ALL_PAIRS: PairFilter = () => true;
