/**
 * Every ranker against the same written plainly, on small random graphs; as of a year against a graph of those papers alone;
 * and DWPC against values worked out by hand.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ranker } from "../../../src/core/ranker.js";
import { ROLES } from "../../../src/discovery/adjacency/adjacency.js";
import { GraphView, type LinkFilter } from "../../../src/discovery/adjacency/graph-view.js";
import { SCORERS } from "../../../src/discovery/rankers/rankers.js";
import { RankingQuery } from "../../../src/discovery/rankers/ranking-query.js";
import { METAPATHS, metapathName } from "../../../src/discovery/walks/metapath-counts.js";
import { pushedPageRank } from "../../../src/discovery/walks/page-rank-push.js";
import { SearchBudget } from "../../../src/discovery/walks/search-budget.js";
import { plainDwpc, plainGraph, plainPageRank, plainRole, plainScores } from "../../support/plain-rankers.js";
import { adjacencyOf, randomRows, rowsAsOf } from "../../support/random-graph.js";

type Rows = Parameters<typeof adjacencyOf>[0];

/** A relation of c1, d2, g3 and the like, believed with 1. */
function edges(...pairs: readonly (readonly [string, string])[]): Rows {
  return pairs.map(([a, b]) => ({
    ...{ subject: a, subjectType: plainRole(a), object: b, objectType: plainRole(b) },
    ...{ type: "Association", belief: 1, firstYear: 2000 },
  }));
}

async function queryOf(rows: Rows, from: string, filter: LinkFilter = {}): Promise<RankingQuery | undefined> {
  const adjacency = await adjacencyOf(rows);
  const start = adjacency.indexOf(from);
  // With a threshold that no belief reaches, what is known is asked about too.
  return start === undefined
    ? undefined
    : new RankingQuery(new GraphView(adjacency, filter), start, { knownFrom: 2 });
}

describe("every ranker", () => {
  it("equals the same written plainly, for pairs that are known too", async () => {
    await fc.assert(
      fc.asyncProperty(
        randomRows({ entities: 3, most: 25 }),
        fc.constantFrom("c1", "d1", "g1"),
        async (rows, from) => {
          const query = await queryOf(rows, from);
          if (query === undefined) return;
          const graph = plainGraph(rows);
          for (const candidate of query.candidates) {
            const name = query.view.adjacency.curies[candidate] ?? "";
            const plain = plainScores(graph, from, name);
            for (const [ranker, score] of Object.entries(plain) as [Ranker, number][]) {
              expect(SCORERS[ranker](query).scores[candidate], `${ranker} of ${name}`).toBeCloseTo(score, 9);
            }
            const paths = plainDwpc(graph, from, name);
            for (const [metapath, between] of METAPATHS.entries()) {
              const path = metapathName(query.view.role(query.from), between, query.view.role(candidate));
              expect(query.metapaths.at(metapath, candidate), path).toBeCloseTo(paths.get(path) ?? 0, 9);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is, as of a year, what it is on a graph of those papers alone", async () => {
    await fc.assert(
      fc.asyncProperty(randomRows({ entities: 3, most: 25 }), async (rows) => {
        const then = await queryOf(rows, "c1", { asOf: 2002 });
        const alone = await queryOf(rowsAsOf(rows, 2002), "c1");
        if (then === undefined || alone === undefined) return;
        const named = (query: RankingQuery, ranker: Ranker) => {
          const { scores, numbers } = SCORERS[ranker](query);
          return query.candidates.map((at) => [query.view.adjacency.curies[at], scores[at], numbers(at)]);
        };
        for (const ranker of Object.keys(SCORERS) as Ranker[]) {
          if (ranker !== "Learned") expect(named(then, ranker), ranker).toEqual(named(alone, ranker));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("says when the links it may look at did not suffice, and stops", async () => {
    const rows = edges(["c1", "g1"], ["g1", "d1"], ["c1", "g2"], ["g2", "d1"], ["d1", "g3"]);
    const adjacency = await adjacencyOf(rows);
    for (const ranker of ["LinkingTermCount", "Dwpc", "PageRank", "BeliefPaths"] as const) {
      const budget = new SearchBudget({ maxLinks: 3 });
      const query = new RankingQuery(new GraphView(adjacency), adjacency.indexOf("c1") ?? -1, {}, budget);
      SCORERS[ranker](query);
      expect(budget.reason, ranker).toMatch(/^stopped after \d links$/);
      expect(budget.links).toBeLessThanOrEqual(3);
    }
  });
});

describe("DWPC", () => {
  // c1 binds g1 and g2; d1 is associated with g1, d2 with g1, g2 and g3.
  const rows = edges(["c1", "g1"], ["c1", "g2"], ["d1", "g1"], ["d2", "g1"], ["d2", "g2"], ["d2", "g3"]);

  it("is what the definition gives by hand", async () => {
    const query = await queryOf(rows, "c1");
    if (query === undefined) throw new Error("c1 is not in the graph");
    const at = (name: string, ...between: readonly (typeof ROLES)[number][]) => {
      const roles = between.map((role) => ROLES.indexOf(role));
      const metapath = METAPATHS.findIndex((one) => one.join() === roles.join());
      return query.metapaths.at(metapath, query.view.adjacency.indexOf(name) ?? -1);
    };
    // C-G-D to d1: one path, c1-g1-d1. c1 binds 2 genes, 1 chemical binds g1; g1 has 2 diseases, d1 1 gene.
    expect(at("d1", "Gene")).toBeCloseTo((2 * 1 * 2 * 1) ** -0.4, 12);
    // C-G-D to d2: by g1 (2, 1, 2, 3) and by g2 (2, 1, 1, 3).
    expect(at("d2", "Gene")).toBeCloseTo((2 * 1 * 2 * 3) ** -0.4 + (2 * 1 * 1 * 3) ** -0.4, 12);
    // C-G-D-G to g3: c1-g1-d2-g3 and c1-g2-d2-g3; d2 has 3 genes at both of its hops, g3 1 disease.
    const byG1 = (2 * 1 * 2 * 3 * 3 * 1) ** -0.4;
    const byG2 = (2 * 1 * 1 * 3 * 3 * 1) ** -0.4;
    expect(at("g3", "Gene", "Disease")).toBeCloseTo(byG1 + byG2, 12);
    // C-G-D-G to g1: only c1-g2-d2-g1; c1-g1-d1-g1 would visit g1 twice.
    expect(at("g1", "Gene", "Disease")).toBeCloseTo((2 * 1 * 1 * 3 * 3 * 2) ** -0.4, 12);
  });
});

describe("PageRank", () => {
  it("is that of the walk itself, up to the tolerance by degree", async () => {
    await fc.assert(
      fc.asyncProperty(randomRows({ entities: 4, most: 30 }), async (rows) => {
        const query = await queryOf(rows, "g1");
        if (query === undefined) return;
        const plain = plainPageRank(plainGraph(rows), "g1");
        for (const tolerance of [1e-3, 1e-8]) {
          const pushed = pushedPageRank(query.view, query.from, new SearchBudget(), tolerance);
          for (const [name, probability] of plain) {
            const entity = query.view.adjacency.indexOf(name) ?? -1;
            const short = probability - (pushed[entity] ?? 0);
            expect(short).toBeGreaterThan(-1e-9);
            expect(short).toBeLessThanOrEqual(tolerance * (query.view.degrees[entity] ?? 0) + 1e-9);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
