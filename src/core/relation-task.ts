/**
 * How one corpus poses the relation question: what the classifier must know to train on its documents. The
 * declarations are ingest's (one a corpus); the model only reads them.
 */
import type { PairType } from "./relation-types.js";

/** Where the two ends of a pair must be named: anywhere in the document, or in one sentence. */
export const PAIR_SCOPES = ["document", "sentence"] as const;
export type PairScope = (typeof PAIR_SCOPES)[number];

/** A corpus as a training task; its documents carry BioRED's relation types already. Codes in brackets are the adjustments of BioREx's Table 2. */
export interface RelationTask {
  /** Name of the prompt token, e.g. `BioRED`. */
  readonly prompt: string;
  /** Whether entity markers are this corpus's own [e1] or BioRED's [e2]. */
  readonly ownMarkers: boolean;
  /** Class of this corpus's negatives: `None` [c2] or its own [c1]. */
  readonly noneClass: string;
  /** Whether pairs without a relation are left out, as the corpus never looked at them [c3]. */
  readonly positivesOnly?: true;
  /** Pair types that the corpus annotates; others are no examples, not even negative ones. */
  readonly pairTypes: readonly PairType[];
  /** Whether pairs are drawn from the whole document [b1] or only within a sentence [b2]. */
  readonly scope: PairScope;
}
