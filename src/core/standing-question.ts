/**
 * Questions of discovery that stand: saved once, asked again whenever the graph has changed, with what their answers were, so that
 * it can be told what moved. Knows neither graph nor search.
 */
import { z } from "zod";
import { ENTITY_TYPES } from "./relation-types.js";

/** A saved question: open without `to`, closed with it. */
export const standingQuestionShape = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string().optional(),
  /** Type of the candidates of an open question. */
  targetType: z.enum(ENTITY_TYPES).optional(),
  /** A direct relation believed less than this is not taken for known. */
  knownFrom: z.number().optional(),
  minBelief: z.number().optional(),
  savedAtMillis: z.number(),
});
/** A saved question, as its shape says. */
export type StandingQuestion = z.infer<typeof standingQuestionShape>;

/** What a question was answered. */
export const standingAnswerShape = z.object({
  /** The graph's version that was asked. */
  version: z.number(),
  askedAtMillis: z.number(),
  /** The candidates with their places, the best first: an open question's first ones, a closed one's end. */
  ranks: z.array(z.object({ curie: z.string(), rank: z.number() })),
  /** Those asked about, now or before, that are related to the start directly. */
  direct: z.array(z.string()),
});
/** An answer, as its shape says. */
export type StandingAnswer = z.infer<typeof standingAnswerShape>;

/** One candidate's move; null where it was not, or is no more, among those shown. */
interface RankMove {
  readonly curie: string;
  readonly before: number | null;
  readonly rank: number | null;
}

/** What changed between two answers to one question. */
export interface StandingChange {
  readonly question: string;
  readonly version: number;
  readonly moved: readonly RankMove[];
  /** What has its first direct relation with the start now. */
  readonly firstDirect: readonly string[];
}

/** What changed; undefined where nothing did. */
export function standingChange(
  question: string,
  before: StandingAnswer,
  after: StandingAnswer,
): StandingChange | undefined {
  const [old, now] = [before, after].map(
    ({ ranks }) => new Map(ranks.map(({ curie, rank }) => [curie, rank])),
  );
  const curies = new Set([...(now?.keys() ?? []), ...(old?.keys() ?? [])]);
  const moved = [...curies]
    .map((curie) => ({ curie, before: old?.get(curie) ?? null, rank: now?.get(curie) ?? null }))
    .filter((move) => move.before !== move.rank);
  const firstDirect = after.direct.filter((curie) => !before.direct.includes(curie));
  if (moved.length === 0 && firstDirect.length === 0) return undefined;
  return { question, version: after.version, moved, firstDirect };
}
