/**
 * A relation network as training sees it, whichever it is: a definition over words, and what turns an example into
 * its passes. One file for each: document-learner.ts, pair-learner.ts.
 */
import type { Candidate } from "../../core/candidate.js";
import type { Network } from "../ops/network.js";
import type { WordPieceTokenizer } from "../text/tokenizer.js";
import type { TrainingExample } from "./examples.js";
import type { WordFeeds } from "./relation-loss.js";

/** One pass, with the candidate of each of its rows of logits; a candidate may have several (strongest-reading.ts). */
export interface ExamplePass<Name extends string> {
  readonly feeds: WordFeeds<Name>;
  readonly candidates: readonly Candidate[];
}

/** What can be trained. */
export interface Learner<Name extends string> {
  /** Which network and how big: a checkpoint of another is of no use. */
  readonly plan: string;
  /** Layers of its encoder. */
  readonly layers: number;
  readonly network: Network<Name | "tokens">;
  /** The passes that answer an example's candidates; `tokenizer` may hide words. */
  passes(example: TrainingExample, tokenizer: WordPieceTokenizer): ExamplePass<Name>[];
}
