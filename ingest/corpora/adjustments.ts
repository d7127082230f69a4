/**
 * The adjustments that bring differently annotated corpora to one task, by their codes in BioREx's Table 2, and
 * what they mean for training. A corpus names one of each kind; adjustment-steps.ts carries them out.
 * Source: Lai et al. 2023.
 */
import type { RelationTask } from "../../src/core/relation-task.js";

/** One adjustment of each kind. */
export interface Adjustments {
  /** Where spans come from: a1 the corpus; found for us, a pair kept where a2 the text, a3 one sentence has both. */
  readonly spans: "a1" | "a2" | "a3";
  /** What is read for a pair: b1 the document, b2 the sentences that name both. */
  readonly input: "b1" | "b2";
  /** Pairs without a label: c1 the corpus's own negative class, c2 the shared None, c3 no example at all. */
  readonly negatives: "c1" | "c2" | "c3";
  /** Labels: d1 each mapped to a type of BioRED, d2 every one is Association. */
  readonly types: "d1" | "d2";
  /** Entity markers: e1 the corpus's own, e2 the shared ones. */
  readonly tags: "e1" | "e2";
}

/** What the adjustments say of the training task. */
type AdjustedTask = Pick<RelationTask, "scope" | "ownMarkers" | "noneClass" | "positivesOnly"> & {
  readonly adjustments: Adjustments;
};

/** The part of a declaration that follows from its adjustments; `ownNone` names the negative class of c1. */
export function adjusted(adjustments: Adjustments, ownNone = "None"): AdjustedTask {
  return {
    adjustments,
    scope: adjustments.input === "b1" ? "document" : "sentence",
    ownMarkers: adjustments.tags === "e1",
    noneClass: adjustments.negatives === "c1" ? ownNone : "None",
    ...(adjustments.negatives === "c3" ? { positivesOnly: true as const } : {}),
  };
}

/** The codes in one line, as in the table. */
export function adjustmentCodes({ spans, input, negatives, types, tags }: Adjustments): string {
  return [spans, input, negatives, types, tags].join(" ");
}
