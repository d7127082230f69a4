/**
 * Explanations against curated mechanisms: whether what stands between a drug and a disease in a mechanism is among the first
 * that closed discovery gives for the pair, and among as many that are merely related to most. A mechanism of which the graph
 * knows an end or nothing between cannot be found and is counted apart.
 */
import type { Adjacency } from "./adjacency/adjacency.js";
import { closedDiscovery } from "./closed-discovery.js";
import { rankedPaths } from "./paths/ranked-paths.js";

/** One mechanism by the graph's CURIEs; what it does not know is left out. */
export interface CuratedMechanism {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly between: ReadonlySet<string>;
}

/** How many mechanisms were found. */
interface MechanismFigures {
  readonly mechanisms: number;
  /** Those of which the graph knows both ends and something between. */
  readonly known: number;
  /** Of these, those where a known term between is related to both ends: what linking terms can find at all. */
  readonly linked: number;
  /** Of the known, those with a term between among the first by score, and among the first by degree. */
  readonly found: number;
  readonly foundByDegree: number;
  /** Of the known, those with a term between on one of the first paths of two and three hops. */
  readonly foundOnPaths: number;
}

/** Looks for every mechanism among the first so many linking terms of its pair. */
export function evaluateMechanisms(
  adjacency: Adjacency,
  mechanisms: readonly CuratedMechanism[],
  first: number,
): MechanismFigures {
  const figures = {
    mechanisms: mechanisms.length,
    known: 0,
    linked: 0,
    found: 0,
    foundByDegree: 0,
    foundOnPaths: 0,
  };
  for (const { from, to, between } of mechanisms) {
    if (from === undefined || to === undefined || between.size === 0) continue;
    figures.known++;
    const { linking } = closedDiscovery(adjacency, from, to);
    const isFound = (terms: readonly { readonly curie: string }[]) =>
      terms.some(({ curie }) => between.has(curie));
    if (isFound(linking)) figures.linked++;
    if (isFound(linking.slice(0, first))) figures.found++;
    const byDegree = [...linking].sort((a, b) => b.degree - a.degree);
    if (isFound(byDegree.slice(0, first))) figures.foundByDegree++;
    // A direct relation is no explanation: one path more is asked for.
    const { paths } = rankedPaths(adjacency, from, to, { maxHops: 3, first: first + 1 });
    const explaining = paths.filter(({ hops }) => hops.length > 1).slice(0, first);
    if (explaining.some(({ hops }) => hops.some((hop) => between.has(hop.to)))) figures.foundOnPaths++;
  }
  return figures;
}
