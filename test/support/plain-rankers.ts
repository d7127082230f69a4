/**
 * The rankers written plainly and slowly, over maps of maps and by listing every path: what the quick ones must equal.
 */
import { type PairEntityType, pairEntityType } from "../../src/core/relation-types.js";
import type { AdjacencyRow } from "../../src/discovery/adjacency/adjacency.js";
import { typeOfName } from "./random-graph.js";

/** Neighbours by name, with the belief in the likeliest relation. */
export type PlainGraph = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The graph of some relations. */
export function plainGraph(rows: readonly AdjacencyRow[]): PlainGraph {
  const graph = new Map<string, Map<string, number>>();
  const note = (from: string, to: string, belief: number) => {
    const known = graph.get(from) ?? new Map<string, number>();
    known.set(to, Math.max(known.get(to) ?? 0, belief));
    graph.set(from, known);
  };
  for (const { subject, object, belief } of rows) {
    note(subject, object, belief);
    note(object, subject, belief);
  }
  return graph;
}

/** An entity's role by its name. */
export function plainRole(name: string): PairEntityType {
  return pairEntityType(typeOfName(name)) ?? "Gene";
}

const neighbours = (graph: PlainGraph, name: string) => [...(graph.get(name)?.keys() ?? [])];
const degree = (graph: PlainGraph, name: string) => graph.get(name)?.size ?? 0;
const belief = (graph: PlainGraph, a: string, b: string) => graph.get(a)?.get(b) ?? 0;
const degreeTo = (graph: PlainGraph, name: string, role: PairEntityType) =>
  neighbours(graph, name).filter((other) => plainRole(other) === role).length;

/** All paths of two or three hops that visit no entity twice. */
export function plainPaths(graph: PlainGraph, from: string, to: string): string[][] {
  const paths: string[][] = [];
  for (const b of neighbours(graph, from)) {
    if (b === to || b === from) continue;
    if (graph.get(b)?.has(to)) paths.push([from, b, to]);
    for (const c of neighbours(graph, b)) {
      if (c === from || c === to || c === b) continue;
      if (graph.get(c)?.has(to)) paths.push([from, b, c, to]);
    }
  }
  return paths;
}

/** Path-degree product by metapath name. */
export function plainDwpc(graph: PlainGraph, from: string, to: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const path of plainPaths(graph, from, to)) {
    let product = 1;
    for (const [i, one] of path.slice(0, -1).entries()) {
      const other = path[i + 1] ?? "";
      product *=
        degreeTo(graph, one, plainRole(other)) ** -0.4 * degreeTo(graph, other, plainRole(one)) ** -0.4;
    }
    const name = path.map((entity) => plainRole(entity).charAt(0)).join("-");
    sums.set(name, (sums.get(name) ?? 0) + product);
  }
  return sums;
}

/** Stationary probabilities of the walk that starts over with probability 0.15, by many steps. */
export function plainPageRank(graph: PlainGraph, from: string): Map<string, number> {
  let now = new Map([[from, 1]]);
  const settled = new Map<string, number>();
  for (let step = 0; step < 300; step++) {
    const next = new Map<string, number>();
    for (const [name, mass] of now) {
      settled.set(name, (settled.get(name) ?? 0) + 0.15 * mass);
      for (const other of neighbours(graph, name)) {
        next.set(other, (next.get(other) ?? 0) + (0.85 * mass) / degree(graph, name));
      }
    }
    now = next;
  }
  return settled;
}

/** Scores of a pair by every ranker that looks at two entities alone. */
export function plainScores(graph: PlainGraph, a: string, c: string) {
  const terms = neighbours(graph, a).filter((b) => b !== c && graph.get(b)?.has(c));
  const [dA, dC, n, k] = [degree(graph, a), degree(graph, c), graph.size, terms.length];
  const e = (dA * dC) / n;
  const observed = [k, dA - k, dC - k, n - dA - dC + k];
  const margins = [dA * dC, dA * (n - dC), (n - dA) * dC, (n - dA) * (n - dC)];
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const more = k > e && k > 0;
  const beliefOf = (path: readonly string[]) =>
    path.slice(1).reduce((product, name, i) => {
      const damping = i + 2 === path.length ? 1 : degree(graph, name) ** -0.4;
      return product * belief(graph, path[i] ?? "", name) * damping;
    }, 1);
  return {
    Degree: dC,
    LinkingTermCount: k,
    MinimumWeightSum: sum(terms.map((b) => Math.min(belief(graph, a, b), belief(graph, b, c)))),
    AdamicAdar: sum(terms.map((b) => 1 / Math.log(degree(graph, b)))),
    Jaccard: k === 0 ? 0 : k / new Set([...neighbours(graph, a), ...neighbours(graph, c)]).size,
    Npmi: k === 0 ? -1 : k === n ? 1 : Math.log((k * n) / (dA * dC)) / -Math.log(k / n),
    TTest: more ? (k / n - (dA / n) * (dC / n)) / Math.sqrt(k / n / n) : 0,
    ChiSquare: more
      ? sum(observed.map((o, i) => (o - (margins[i] ?? 0) / n) ** 2 / ((margins[i] ?? 0) / n)))
      : 0,
    LogLikelihoodRatio: more
      ? 2 * sum(observed.map((o, i) => (o === 0 ? 0 : o * Math.log((o * n) / (margins[i] ?? 0)))))
      : 0,
    Dwpc: sum([...plainDwpc(graph, a, c).values()]),
    BeliefPaths: sum(plainPaths(graph, a, c).map(beliefOf)),
  };
}
