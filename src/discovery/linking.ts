/**
 * The linking terms between A and C, each with what stands on its two sides and the effect that these predict together: what
 * open discovery shows of a candidate and closed discovery of a pair. Gives CURIEs and numbers, no sentences.
 */
import type { RelationType } from "../core/relation-types.js";
import { required } from "../core/required.js";
import type { GraphView, Link } from "./adjacency/graph-view.js";
import { agreedSign, composeSigns, type Sign } from "./adjacency/vocabulary.js";
import { dampedDegrees } from "./walks/damped-degrees.js";

/** One B between A and C. */
export interface LinkingTerm {
  readonly curie: string;
  /** Number of B's neighbours: a hub links everything to everything. */
  readonly degree: number;
  /** The weaker of the beliefs in A–B and B–C. */
  readonly belief: number;
  /** The path's score: the product of the two beliefs, damped by degree^-0.4. */
  readonly score: number;
  readonly fromTypes: readonly RelationType[];
  readonly toTypes: readonly RelationType[];
  readonly predictedSign: Sign;
}

/** A's links that may lead somewhere, and who stands at their ends: 1 by entity. */
export interface LinkingStart {
  readonly links: ReadonlyMap<number, Link>;
  readonly among: Uint8Array;
}

/** A's links to those that pass. */
export function linkingStart(
  view: GraphView,
  from: number,
  passes: (entity: number) => boolean,
): LinkingStart {
  const among = new Uint8Array(view.size);
  const links = new Map<number, Link>();
  for (const link of view.links(from)) {
    if (!passes(link.target)) continue;
    among[link.target] = 1;
    links.set(link.target, link);
  }
  return { links, among };
}

/** The terms between C and A, whose links are given, the most believed first. */
export function linkingTerms(view: GraphView, to: number, { links, among }: LinkingStart): LinkingTerm[] {
  const { curies } = view.adjacency;
  const damped = dampedDegrees(view).all;
  const linking = view.links(to, among).flatMap((second): LinkingTerm[] => {
    const first = required(links.get(second.target), "a link of the start");
    return [
      {
        curie: required(curies[first.target], "an entity's CURIE"),
        degree: required(view.degrees[first.target], "an entity's degree"),
        belief: Math.min(first.belief, second.belief),
        score: first.belief * second.belief * required(damped[first.target], "an entity's damping"),
        fromTypes: first.types,
        toTypes: second.types,
        predictedSign: composeSigns(first.sign, second.sign),
      },
    ];
  });
  return linking.sort((a, b) => b.belief - a.belief || a.degree - b.degree || (a.curie < b.curie ? -1 : 1));
}

/** What linking terms predict of A's effect on C. */
export interface PredictedEffect {
  /** What the terms agree on; 0 where they are silent or contradict each other. */
  readonly sign: Sign;
  readonly contradicted: boolean;
  /** Terms that say so, and the sum of their scores. */
  readonly positive: { readonly terms: number; readonly score: number };
  readonly negative: { readonly terms: number; readonly score: number };
}

/** Adds the terms up by what they predict. */
export function predictedEffect(
  terms: readonly Pick<LinkingTerm, "predictedSign" | "score">[],
): PredictedEffect {
  const side = (sign: Sign) => {
    const saying = terms.filter(({ predictedSign }) => predictedSign === sign);
    return { terms: saying.length, score: saying.reduce((sum, { score }) => sum + score, 0) };
  };
  const [positive, negative] = [side(1), side(-1)];
  return {
    sign: agreedSign(terms.map(({ predictedSign }) => predictedSign)),
    contradicted: positive.terms > 0 && negative.terms > 0,
    positive,
    negative,
  };
}
