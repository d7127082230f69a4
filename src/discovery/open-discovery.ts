/**
 * Open discovery (Swanson's ABC): from A through every linking term B to the entities C that A is not known to
 * be related to. Pure; gives numbers and CURIEs, not sentences. Source: Swanson 1986; Smalheiser 2012 on rankers.
 */
import { RANKERS, type Ranker } from "../core/ranker.js";
import type { EntityType, RelationType } from "../core/relation-types.js";
import type { Adjacency } from "./adjacency/adjacency.js";
import { GraphView, type Link } from "./adjacency/graph-view.js";
import { agreedSign, composeSigns, entityTypeAt, type Sign } from "./adjacency/vocabulary.js";

/** What is asked, and how far to look. */
interface OpenDiscoveryOptions {
  /** Entity types that B may have; any where absent. */
  readonly via?: readonly EntityType[] | undefined;
  /** Entity type that C must have; any where absent. */
  readonly targetType?: EntityType | undefined;
  /** Ask as of the end of this year: later relations, and those without a year, are not seen. */
  readonly asOf?: number | undefined;
  /** How many candidates to give. */
  readonly first: number;
  /** The first one orders the candidates, the others break its ties in turn; the rest follow by default. */
  readonly rankers?: readonly Ranker[] | undefined;
  /** Linking terms with more neighbours than this are passed over. */
  readonly maxLinkingDegree?: number | undefined;
  /** How many B–C links to look at before giving up on an exact answer. */
  readonly maxExamined?: number | undefined;
}

/** One B between A and a candidate. */
export interface LinkingTerm {
  readonly curie: string;
  /** Number of B's neighbours: a hub links everything to everything. */
  readonly degree: number;
  /** The weaker of the beliefs in A–B and B–C. */
  readonly belief: number;
  readonly fromTypes: readonly RelationType[];
  readonly toTypes: readonly RelationType[];
  readonly predictedSign: Sign;
}

/** An entity that A may be related to, with what links them. */
export interface DiscoveryCandidate {
  readonly curie: string;
  readonly scores: Readonly<Record<Ranker, number>>;
  /** Strongest first. */
  readonly linking: readonly LinkingTerm[];
  readonly predictedSign: Sign;
  /** Whether linking terms predict opposite signs. */
  readonly contradicted: boolean;
}

/** The answer, and whether it is exact. */
export interface OpenDiscovery {
  readonly candidates: readonly DiscoveryCandidate[];
  /** B–C links looked at. */
  readonly examined: number;
  /** Why the answer is not exact; undefined where it is. */
  readonly truncated?: string;
}

const MAX_EXAMINED = 50_000_000;

/** Ranks the entities that an entity may turn out to be related to; nothing for an entity without relations. */
export function openDiscovery(
  adjacency: Adjacency,
  from: string,
  options: OpenDiscoveryOptions,
): OpenDiscovery {
  const start = adjacency.indexOf(from);
  if (start === undefined) return { candidates: [], examined: 0 };
  const view = new GraphView(adjacency, options);
  const known = view.links(start);
  const terms = known.filter(
    ({ target }) =>
      (options.via === undefined || options.via.includes(typeOf(adjacency, target))) &&
      (options.maxLinkingDegree === undefined || (view.degrees[target] ?? 0) <= options.maxLinkingDegree),
  );
  const excluded = new Set([start, ...known.map(({ target }) => target)]);
  const scored = scoreCandidates(view, terms, excluded, options);
  const ranked = topCandidates(adjacency, scored, options);
  return {
    candidates: ranked.map((candidate) => explainCandidate(view, candidate, scored, terms)),
    examined: scored.examined,
    ...(scored.exhausted ? {} : { truncated: `stopped after ${scored.examined} links` }),
  };
}

/** Scores by entity number; `seen` lists the entities that have any. */
interface Scores {
  readonly counts: Uint32Array;
  readonly weights: Float64Array;
  readonly seen: readonly number[];
  readonly examined: number;
  readonly exhausted: boolean;
}

function scoreCandidates(
  view: GraphView,
  terms: readonly Link[],
  excluded: ReadonlySet<number>,
  options: OpenDiscoveryOptions,
): Scores {
  const { adjacency } = view;
  const counts = new Uint32Array(adjacency.size);
  const weights = new Float64Array(adjacency.size);
  const seen: number[] = [];
  const budget = options.maxExamined ?? MAX_EXAMINED;
  let examined = 0;
  for (const term of terms) {
    if (examined >= budget) return { counts, weights, seen, examined, exhausted: false };
    for (const { target, belief } of view.links(term.target)) {
      examined++;
      if (excluded.has(target)) continue;
      if (options.targetType !== undefined && typeOf(adjacency, target) !== options.targetType) continue;
      if (counts[target] === 0) seen.push(target);
      counts[target] = (counts[target] ?? 0) + 1;
      weights[target] = (weights[target] ?? 0) + Math.min(term.belief, belief);
    }
  }
  return { counts, weights, seen, examined, exhausted: true };
}

function topCandidates(adjacency: Adjacency, scores: Scores, options: OpenDiscoveryOptions): number[] {
  const columns = { LinkingTermCount: scores.counts, MinimumWeightSum: scores.weights };
  const order = [...new Set([...(options.rankers ?? []), ...RANKERS])];
  const compare = (a: number, b: number): number => {
    for (const ranker of order) {
      const difference = (columns[ranker][b] ?? 0) - (columns[ranker][a] ?? 0);
      if (difference !== 0) return difference;
    }
    return (adjacency.curies[a] ?? "") < (adjacency.curies[b] ?? "") ? -1 : 1;
  };
  return [...scores.seen].sort(compare).slice(0, options.first);
}

function explainCandidate(
  view: GraphView,
  candidate: number,
  scores: Scores,
  terms: readonly Link[],
): DiscoveryCandidate {
  const { adjacency } = view;
  const back = new Map(view.links(candidate).map((link) => [link.target, link]));
  const linking = terms.flatMap((term): LinkingTerm[] => {
    const link = back.get(term.target);
    if (link === undefined) return [];
    return [
      {
        curie: adjacency.curies[term.target] ?? "",
        degree: view.degrees[term.target] ?? 0,
        belief: Math.min(term.belief, link.belief),
        fromTypes: term.types,
        toTypes: link.types,
        predictedSign: composeSigns(term.sign, link.sign),
      },
    ];
  });
  const signs = new Set(linking.map((term) => term.predictedSign));
  return {
    curie: adjacency.curies[candidate] ?? "",
    scores: {
      LinkingTermCount: scores.counts[candidate] ?? 0,
      MinimumWeightSum: scores.weights[candidate] ?? 0,
    },
    linking: linking.sort(
      (a, b) => b.belief - a.belief || a.degree - b.degree || (a.curie < b.curie ? -1 : 1),
    ),
    predictedSign: agreedSign(signs),
    contradicted: signs.has(1) && signs.has(-1),
  };
}

function typeOf(adjacency: Adjacency, entity: number): EntityType {
  return entityTypeAt(adjacency.entityTypes[entity] ?? 0);
}
