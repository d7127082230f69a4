/**
 * What a curator of the graph says of a row of evidence. A judgement is of what a document says of a relation: it becomes
 * evidence of its own, by which belief follows; it is never taken away, only ended.
 */
import type { RelationType } from "../relation-types.js";

/** That the document says so, that it does not, or that it says something else. */
export const CURATION_VERDICTS = ["accept", "reject", "correct"] as const;
export type CurationVerdict = (typeof CURATION_VERDICTS)[number];

/** What the document says instead; what is absent stays. `acts` is the end that acts on the other, null for neither. */
export interface CurationCorrection {
  readonly type?: RelationType | undefined;
  readonly subject?: string | undefined;
  readonly object?: string | undefined;
  readonly acts?: string | null | undefined;
}

/** One judgement of the audit trail. Times are milliseconds since 1970. */
export interface Curation {
  readonly id: string;
  /** The row that was judged. */
  readonly evidence: string;
  readonly relation: string;
  readonly document: string;
  readonly pmid: string;
  readonly verdict: CurationVerdict;
  readonly curator: string;
  readonly comment: string | null;
  readonly correction: CurationCorrection | null;
  readonly at: number;
  /** When and by whom it was undone, or put another in its place; null while it holds. */
  readonly endedAt: number | null;
  readonly endedBy: string | null;
}
