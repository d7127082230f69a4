/** Answers a saved question on an adjacency: the places of its candidates, and who is related directly. */
import { ENTITY_TYPES, type EntityType } from "../core/relation-types.js";
import { required } from "../core/required.js";
import type { StandingAnswer, StandingQuestion } from "../core/standing-question.js";
import type { Adjacency } from "./adjacency/adjacency.js";
import { GraphView } from "./adjacency/graph-view.js";
import { defaultRanker, openDiscovery } from "./open-discovery.js";
import { pairScores } from "./pair-scores.js";
import { type LearnedModel, weightsFor } from "./rankers/learned-weights.js";
import type { SearchLimits } from "./walks/search-budget.js";

/** Candidates of an open question whose places are followed. */
const FOLLOWED = 25;

/** A saved question with what it was answered last, and what the learned ranker learned. */
export interface StandingSearch {
  readonly question: StandingQuestion;
  readonly before: StandingAnswer | undefined;
  readonly learned: LearnedModel | undefined;
}

/** What a question is answered, but for when. */
export type StandingFound = Pick<StandingAnswer, "ranks" | "direct">;

/** Answers a question; what the last answer had is watched for a direct relation too. */
export function standingAnswer(
  adjacency: Adjacency,
  { question, before, learned }: StandingSearch,
  limits: SearchLimits,
): StandingFound {
  const { to, knownFrom } = question;
  const ranks = placesOf(adjacency, question, learned, limits);
  const watched = new Set([
    ...ranks.map(({ curie }) => curie),
    ...(before?.ranks.map(({ curie }) => curie) ?? []),
    ...(before?.direct ?? []),
    ...(to === undefined ? [] : [to]),
  ]);
  const view = new GraphView(adjacency, { minBelief: knownFrom });
  const direct = [...watched].filter((curie) => isDirect(view, question.from, curie)).sort();
  return { ranks, direct };
}

function placesOf(
  adjacency: Adjacency,
  { from, to, minBelief, knownFrom, ...question }: StandingQuestion,
  learned: LearnedModel | undefined,
  limits: SearchLimits,
): StandingAnswer["ranks"] {
  const targetType = to === undefined ? question.targetType : typeOf(adjacency, to);
  const fromType = typeOf(adjacency, from);
  const weights = fromType === undefined ? undefined : weightsFor(learned, fromType, targetType);
  const rankers = [defaultRanker(weights)];
  const options = { targetType, minBelief, knownFrom, weights, rankers, limits };
  if (to === undefined) {
    const { candidates } = openDiscovery(adjacency, from, { ...options, first: FOLLOWED });
    return candidates.map(({ curie }, place) => ({ curie, rank: place + 1 }));
  }
  return pairScores(adjacency, from, to, options).scores.map(({ rank }) => ({ curie: to, rank }));
}

function isDirect(view: GraphView, from: string, curie: string): boolean {
  const [one, other] = [view.adjacency.indexOf(from), view.adjacency.indexOf(curie)];
  if (one === undefined || other === undefined) return false;
  return view.relationsBetween(one, other).length > 0;
}

function typeOf(adjacency: Adjacency, curie: string): EntityType | undefined {
  const entity = adjacency.indexOf(curie);
  return entity === undefined
    ? undefined
    : ENTITY_TYPES[required(adjacency.entityTypes[entity], "an entity's type")];
}
