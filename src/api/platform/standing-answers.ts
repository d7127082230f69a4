/** Answers a saved question on an adjacency through a searching thread: the places of its candidates, and who is related directly. */
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { StandingAnswer, StandingQuestion } from "../../core/standing-question.js";
import type { Adjacency } from "../../discovery/adjacency/adjacency.js";
import { GraphView } from "../../discovery/adjacency/graph-view.js";
import { type LearnedModel, weightsFor } from "../../discovery/rankers/learned-weights.js";
import type { SearchThread } from "../../discovery/search-thread.js";

/** Candidates of an open question whose places are followed. */
const FOLLOWED = 25;
/** How long one question may take. */
const STANDING_MILLIS = 30_000;

/** What a question is answered with. */
interface Asked {
  readonly thread: SearchThread;
  readonly learned: LearnedModel | undefined;
  readonly version: number;
  readonly adjacency: Adjacency;
}

/** Answers a question; what the last answer had is watched for a direct relation too. */
export async function standingAnswer(
  { thread, learned, version, adjacency }: Asked,
  question: StandingQuestion,
  before: StandingAnswer | undefined,
): Promise<StandingAnswer> {
  const { from, to, minBelief, knownFrom } = question;
  const targetType = to === undefined ? question.targetType : typeOf(adjacency, to);
  const fromType = typeOf(adjacency, from);
  const weights = fromType === undefined ? undefined : weightsFor(learned, fromType, targetType);
  const ranker = weights === undefined ? "ReciprocalRankFusion" : "Learned";
  const options = { targetType, minBelief, knownFrom, weights, rankers: [ranker] as const };
  const limits = { millis: STANDING_MILLIS };
  const ranks =
    to === undefined
      ? (
          await thread.open(adjacency, { from, options: { ...options, first: FOLLOWED } }, limits)
        ).candidates.map(({ curie }, place) => ({ curie, rank: place + 1 }))
      : (await thread.scores(adjacency, { from, to, options }, limits)).scores.map(({ rank }) => ({
          curie: to,
          rank,
        }));
  const watched = new Set([
    ...ranks.map(({ curie }) => curie),
    ...(before?.ranks.map(({ curie }) => curie) ?? []),
    ...(before?.direct ?? []),
    ...(to === undefined ? [] : [to]),
  ]);
  const direct = [...watched].filter((curie) => isDirect(adjacency, question, curie)).sort();
  return { version, askedAtMillis: Date.now(), ranks, direct };
}

function isDirect(adjacency: Adjacency, { from, knownFrom }: StandingQuestion, curie: string): boolean {
  const [one, other] = [adjacency.indexOf(from), adjacency.indexOf(curie)];
  if (one === undefined || other === undefined) return false;
  return new GraphView(adjacency, { minBelief: knownFrom }).relationsBetween(one, other).length > 0;
}

function typeOf(adjacency: Adjacency, curie: string): EntityType | undefined {
  const entity = adjacency.indexOf(curie);
  return entity === undefined
    ? undefined
    : ENTITY_TYPES[required(adjacency.entityTypes[entity], "an entity's type")];
}
