/**
 * Open discovery (Swanson's ABC): from A through every linking term B to the entities C that A is not known to be related to,
 * ordered by a ranker, with the scores of others beside. Pure; gives numbers and CURIEs, not sentences. Source: Swanson 1986.
 */
import { RANKERS, type Ranker } from "../core/ranker.js";
import type { EntityType } from "../core/relation-types.js";
import { required } from "../core/required.js";
import type { Adjacency } from "./adjacency/adjacency.js";
import { GraphView, type LinkFilter } from "./adjacency/graph-view.js";
import { entitySet } from "./adjacency/search-ends.js";
import type { Sign } from "./adjacency/vocabulary.js";
import {
  type LinkingStart,
  type LinkingTerm,
  linkingStart,
  linkingTerms,
  predictedEffect,
} from "./linking.js";
import type { LearnedWeights } from "./rankers/learned-weights.js";
import type { RankerScores, ScoreNumbers } from "./rankers/ranker.js";
import { SCORERS } from "./rankers/rankers.js";
import { RankingQuery } from "./rankers/ranking-query.js";
import { SearchBudget, type SearchLimits, type SearchOutcome } from "./walks/search-budget.js";

/** What is asked, and how far to look. */
export interface OpenDiscoveryOptions extends LinkFilter {
  /** Entity types that B may have; any where absent. */
  readonly via?: readonly EntityType[] | undefined;
  /** Entity type that C must have; any where absent. */
  readonly targetType?: EntityType | undefined;
  /** How many candidates to give. */
  readonly first: number;
  /** How many of the best to leave out before them; none unless told. */
  readonly skip?: number | undefined;
  /** The first one orders the candidates, the others break its ties in turn; `defaultRanker`'s unless told. */
  readonly rankers?: readonly Ranker[] | undefined;
  /** Entities with more neighbours than this are passed over on the way. */
  readonly maxLinkingDegree?: number | undefined;
  /** CURIEs that lie on no way and are no candidates. */
  readonly excluded?: readonly string[] | undefined;
  /** Relations of A that are believed less do not make a candidate known; every relation does unless told. */
  readonly knownFrom?: number | undefined;
  /** What the learned ranker learned for these types. */
  readonly weights?: LearnedWeights | undefined;
  readonly limits?: SearchLimits | undefined;
}

/** What one ranker makes of a candidate, with the numbers that made it. */
export interface CandidateScore {
  readonly ranker: Ranker;
  readonly score: number;
  readonly numbers: ScoreNumbers;
}

/** An entity that A may be related to, with what links them. */
export interface DiscoveryCandidate {
  readonly curie: string;
  /** By the rankers asked for, then those that are always shown. */
  readonly scores: readonly CandidateScore[];
  /** Strongest first. */
  readonly linking: readonly LinkingTerm[];
  readonly predictedSign: Sign;
  /** Whether linking terms predict opposite signs. */
  readonly contradicted: boolean;
}

/** The answer, and whether it is exact. */
export interface OpenDiscovery extends SearchOutcome {
  readonly candidates: readonly DiscoveryCandidate[];
  /** How many candidates there are in all. */
  readonly total: number;
}

const MAX_LINKS = 200_000_000;

/** Shown beside every ranker: what popularity alone says, and two that cost nothing more. */
const ALWAYS_SHOWN: readonly Ranker[] = ["Degree", "LinkingTermCount", "MinimumWeightSum"];

/** The ranker that won on the time slices of docs/discovery.md: the learned one where it has weights, else the fusion. */
export function defaultRanker(weights: LearnedWeights | undefined): Ranker {
  return weights === undefined ? "ReciprocalRankFusion" : "Learned";
}

/** Ranks the entities that an entity may turn out to be related to; nothing for an entity without relations. */
export function openDiscovery(
  adjacency: Adjacency,
  from: string,
  options: OpenDiscoveryOptions,
  view = new GraphView(adjacency, options),
): OpenDiscovery {
  const start = adjacency.indexOf(from);
  if (start === undefined) return { candidates: [], total: 0, examined: 0 };
  const budget = new SearchBudget({ maxLinks: MAX_LINKS, ...options.limits });
  const excluded = entitySet(adjacency, options.excluded);
  const query = new RankingQuery(view, start, { ...options, excluded }, budget);
  const asked = options.rankers?.length ? options.rankers : [defaultRanker(options.weights)];
  const columns = [...new Set([...asked, ...ALWAYS_SHOWN])].map((ranker) => ({
    ranker,
    ...SCORERS[ranker](query),
  }));
  const terms = linkingStart(view, start, query.passes);
  const { skip = 0, first } = options;
  return {
    candidates: topCandidates(query, columns, skip + first)
      .slice(skip)
      .map((candidate) => explainCandidate(view, candidate, columns, terms)),
    total: query.reached.length,
    ...budget.outcome,
  };
}

type Column = RankerScores & { readonly ranker: Ranker };

/** The best candidates that linking terms reach. */
function topCandidates(query: RankingQuery, columns: readonly Column[], first: number): number[] {
  const { curieRanks } = query.view.adjacency;
  const compare = (a: number, b: number): number => {
    for (const { scores } of columns) {
      const difference =
        required(scores[b], "a candidate's score") - required(scores[a], "a candidate's score");
      if (difference !== 0) return difference;
    }
    return (
      required(curieRanks[a], "an entity's place among the CURIEs") -
      required(curieRanks[b], "an entity's place among the CURIEs")
    );
  };
  return atLeastAsGood(query.reached, columns[0], first).sort(compare).slice(0, first);
}

/** Those that the first ranker puts among the first so many, ties too: few are left for comparing one by one. */
function atLeastAsGood(candidates: readonly number[], column: Column | undefined, first: number): number[] {
  const { scores } = required(column, "a ranker");
  if (candidates.length <= first) return [...candidates];
  const score = (candidate: number) => required(scores[candidate], "a candidate's score");
  const last = required(Float64Array.from(candidates, score).sort().at(-first), "a sorted score");
  return candidates.filter((candidate) => score(candidate) >= last);
}

function explainCandidate(
  view: GraphView,
  candidate: number,
  columns: readonly Column[],
  terms: LinkingStart,
): DiscoveryCandidate {
  const linking = linkingTerms(view, candidate, terms);
  const { sign, contradicted } = predictedEffect(linking);
  const inOrder = [...columns].sort((a, b) => RANKERS.indexOf(a.ranker) - RANKERS.indexOf(b.ranker));
  return {
    curie: required(view.adjacency.curies[candidate], "an entity's CURIE"),
    scores: inOrder.map(({ ranker, scores, numbers }) => ({
      ranker,
      score: required(scores[candidate], "a candidate's score"),
      numbers: numbers(candidate),
    })),
    linking,
    predictedSign: sign,
    contradicted,
  };
}
