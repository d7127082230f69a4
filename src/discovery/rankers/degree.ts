/**
 * Degree: how many entities the candidate is related to, whoever asks. It knows nothing of A and is shown beside every other
 * ranker: one that does not beat it has shown nothing.
 */
import { required } from "../../core/required.js";
import type { RankerScores } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** The candidate's number of neighbours. */
export function degree({ view }: RankingQuery): RankerScores {
  const { degrees } = view;
  return {
    scores: Float64Array.from(degrees),
    numbers: (entity) => ({ degree: required(degrees[entity], "an entity's degree") }),
  };
}
