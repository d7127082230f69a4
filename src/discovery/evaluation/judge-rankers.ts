/**
 * The whole judgement on one time slice: cuts it, fits the learned ranker on the years before, ranks as many queries as there is
 * time for. What the API asks for; the command goes step by step, as it shows progress and takes weights from files.
 */

import { BioWeftError } from "../../core/errors.js";
import type { Ranker } from "../../core/ranker.js";
import type { Adjacency } from "../adjacency/adjacency.js";
import type { LearnedWeights } from "../rankers/learned-weights.js";
import type { SearchLimits } from "../walks/search-budget.js";
import { evaluateSlice, type RankerResult } from "./evaluate-slice.js";
import { earlierSlice, fitLearned } from "./fit-learned.js";
import { type SliceOptions, timeSlice } from "./time-slice.js";

export { RANK_FIGURES } from "../../evaluation/rank-metrics.js";

/** What is judged, and how long it may take. */
export interface JudgeOptions extends SliceOptions {
  readonly rankers: readonly Ranker[];
  readonly limits?: Pick<SearchLimits, "deadline" | "isCancelled"> | undefined;
}

/** The result of a slice. */
export interface Judgement {
  readonly rankers: readonly RankerResult[];
  /** Entities that could have been asked about, and how many were. */
  readonly eligible: number;
  readonly asked: number;
  /** Why the learned ranker is not among them, where it was asked for and could not be fitted. */
  readonly notLearned?: string;
  /** Queries drawn and ranked; fewer are ranked where the time did not suffice. */
  readonly examined: number;
  readonly truncated?: string;
}

/** Judges the rankers. Throws CONFIG for years in the wrong order, BAD_INPUT for a slice without new pairs. */
export function judgeRankers(adjacency: Adjacency, options: JudgeOptions): Judgement {
  const { fromType, targetType, cutoff, until, limits } = options;
  const slice = timeSlice(adjacency, options);
  if (slice.queries.length === 0) {
    const reason = `nothing became known from ${cutoff + 1} to ${until} between a ${fromType} and a ${targetType} that were known; choose other years or types`;
    throw new BioWeftError("BAD_INPUT", reason);
  }
  const { weights, notLearned } = learned(adjacency, options);
  const rankers = options.rankers.filter((ranker) => ranker !== "Learned" || weights !== undefined);
  let truncated: string | undefined;
  let examined = 0;
  const isOver = () => {
    if (limits?.isCancelled?.() === true) truncated = "cancelled";
    else if (Date.now() > (limits?.deadline ?? Number.POSITIVE_INFINITY)) {
      truncated = `stopped at the deadline after ${examined} of ${slice.queries.length} queries`;
    }
    return truncated !== undefined;
  };
  const results = evaluateSlice(slice, {
    rankers,
    weights,
    isOver,
    onQuery: (done) => {
      examined = done;
    },
  });
  return {
    rankers: results,
    eligible: slice.eligible,
    asked: examined,
    examined,
    ...(notLearned === undefined ? {} : { notLearned }),
    ...(truncated === undefined ? {} : { truncated }),
  };
}

function learned(
  adjacency: Adjacency,
  options: JudgeOptions,
): { readonly weights?: LearnedWeights; readonly notLearned?: string } {
  if (!options.rankers.includes("Learned")) return {};
  try {
    return { weights: fitLearned(earlierSlice(adjacency, options)) };
  } catch (fault) {
    // A graph without new pairs in the years before has nothing to learn from; the other rankers are judged all the same.
    if (fault instanceof BioWeftError && fault.code === "BAD_INPUT") return { notLearned: fault.reason };
    throw fault;
  }
}
