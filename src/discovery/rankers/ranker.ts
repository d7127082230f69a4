/**
 * What a ranker is: a function from a question to a score for every entity, with the numbers that made each score.
 */
import type { RankingQuery } from "./ranking-query.js";

/** The numbers behind one score, by name, for showing them. */
export type ScoreNumbers = Readonly<Record<string, number>>;

/** One ranker's answer. */
export interface RankerScores {
  /** By entity; the greater, the better. Only those of the question's candidates mean something. */
  readonly scores: Float64Array;
  numbers(entity: number): ScoreNumbers;
}

/** A ranker. Never throws for want of links: what is not connected scores lowest. */
export type ScoreCandidates = (query: RankingQuery) => RankerScores;
