/** Closed discovery: graphs drawn by hand, and metapaths against the plain listing of every path on random graphs. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RANKERS } from "../../src/core/ranker.js";
import type { RelationType } from "../../src/core/relation-types.js";
import type { AdjacencyRow } from "../../src/discovery/adjacency/adjacency.js";
import { closedDiscovery } from "../../src/discovery/closed-discovery.js";
import { openDiscovery } from "../../src/discovery/open-discovery.js";
import { pairScores } from "../../src/discovery/pair-scores.js";
import { plainDwpc, plainGraph, plainPaths, plainRole } from "../support/plain-rankers.js";
import { adjacencyOf, randomRows, rowsAsOf, typeOfName } from "../support/random-graph.js";

function edge(
  one: string,
  other: string,
  { type = "Association" as RelationType, belief = 0.5, firstYear = 2000 } = {},
): AdjacencyRow {
  const [subject, object] = one < other ? [one, other] : [other, one];
  const types = { subjectType: typeOfName(subject), objectType: typeOfName(object) };
  return { subject, object, ...types, type, belief, firstYear };
}

const UP = { type: "Positive_Correlation" } as const;
const DOWN = { type: "Negative_Correlation" } as const;

describe("closedDiscovery", () => {
  it("gives the linking terms by their paths' score, and what stands on both sides", async () => {
    const hub = ["d4", "d5", "d6", "d7"].map((other) => edge("g1", other));
    const rows = [edge("c1", "g1", UP), edge("g1", "d1", DOWN), edge("c1", "g2"), edge("g2", "d1"), ...hub];
    const { linking } = closedDiscovery(await adjacencyOf(rows), "c1", "d1");
    expect(linking.map(({ curie }) => curie)).toEqual(["g2", "g1"]);
    expect(linking[0]?.score).toBeCloseTo(0.25 * 2 ** -0.4, 12);
    expect(linking[1]).toMatchObject({
      degree: 6,
      predictedSign: -1,
      fromTypes: ["Positive_Correlation"],
      toTypes: ["Negative_Correlation"],
    });
  });

  it("says whether the two are related, since when, and as of a year before", async () => {
    const rows = [edge("c1", "g1"), edge("g1", "d1"), edge("c1", "d1", { firstYear: 2010, belief: 0.7 })];
    const adjacency = await adjacencyOf(rows);
    expect(closedDiscovery(adjacency, "c1", "d1").direct).toEqual({
      types: ["Association"],
      belief: 0.7,
      papers: 1,
      since: 2010,
    });
    const before = closedDiscovery(adjacency, "c1", "d1", { asOf: 2009 });
    expect(before.direct).toEqual({ types: [], belief: 0, papers: 0, since: 2010 });
    expect(before.linking).toHaveLength(1);
    expect(closedDiscovery(adjacency, "d1", "g1", { asOf: 2009 }).direct.since).toBe(2000);
  });

  it("adds up what the terms predict, and says where they contradict each other", async () => {
    const rows = [edge("c1", "g1", UP), edge("g1", "d1", UP), edge("c1", "g2", DOWN), edge("g2", "d1", DOWN)];
    const adjacency = await adjacencyOf(rows);
    expect(closedDiscovery(adjacency, "c1", "d1").effect).toMatchObject({
      sign: 1,
      contradicted: false,
      positive: { terms: 2 },
      negative: { terms: 0, score: 0 },
    });
    const more = await adjacencyOf([...rows, edge("c1", "g3", UP), edge("g3", "d1", DOWN)]);
    expect(closedDiscovery(more, "c1", "d1").effect).toMatchObject({
      sign: 0,
      contradicted: true,
      positive: { terms: 2 },
      negative: { terms: 1 },
    });
  });

  it("keeps to the filter, on the way and in the metapaths", async () => {
    const rows = [edge("c1", "g1"), edge("g1", "d1"), edge("c1", "c2"), edge("c2", "d1"), edge("g1", "g9")];
    const adjacency = await adjacencyOf(rows);
    const run = (options: object) => {
      const { linking, metapaths } = closedDiscovery(adjacency, "c1", "d1", options);
      return [linking.map(({ curie }) => curie).sort(), metapaths.map(({ name }) => name).sort()];
    };
    expect(run({})).toEqual([
      ["c2", "g1"],
      ["C-C-D", "C-G-D"],
    ]);
    expect(run({ via: ["Chemical"] })).toEqual([["c2"], ["C-C-D"]]);
    expect(run({ maxLinkingDegree: 2 })).toEqual([["c2"], ["C-C-D"]]);
    expect(run({ excluded: ["c2"] })).toEqual([["g1"], ["C-G-D"]]);
  });

  it("says nothing of an entity with itself or of one without relations, and when it stopped early", async () => {
    const adjacency = await adjacencyOf([edge("c1", "g1"), edge("g1", "d1")]);
    expect(closedDiscovery(adjacency, "c1", "c1")).toMatchObject({ linking: [], metapaths: [] });
    expect(closedDiscovery(adjacency, "c1", "x9").direct.types).toEqual([]);
    expect(closedDiscovery(adjacency, "c1", "d1", { limits: { maxLinks: 1 } }).truncated).toMatch(/after 0/);
  });

  it("counts and weighs every metapath as the listing of all paths does, from either end and as of any year", async () => {
    const year = fc.option(fc.integer({ min: 2000, max: 2005 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(randomRows({ entities: 4 }), year, async (rows, asOf) => {
        const adjacency = await adjacencyOf(rows);
        const graph = plainGraph(asOf === undefined ? rows : rowsAsOf(rows, asOf));
        for (const [from, to] of [
          ["c1", "d1"],
          ["d1", "c1"],
          ["g1", "g2"],
        ] as const) {
          const { metapaths } = closedDiscovery(adjacency, from, to, { asOf });
          const counts = new Map<string, number>();
          for (const path of plainPaths(graph, from, to)) {
            const name = path.map((entity) => plainRole(entity).charAt(0)).join("-");
            counts.set(name, (counts.get(name) ?? 0) + 1);
          }
          expect(new Map(metapaths.map(({ name, paths }) => [name, paths]))).toEqual(counts);
          const weights = plainDwpc(graph, from, to);
          for (const { name, dwpc } of metapaths) expect(dwpc).toBeCloseTo(weights.get(name) ?? -1, 10);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("pairScores", () => {
  const rankers = RANKERS.filter((ranker) => ranker !== "Learned");

  it("gives a candidate the scores that open discovery gives, and its place", async () => {
    await fc.assert(
      fc.asyncProperty(randomRows({ entities: 4 }), async (rows) => {
        const adjacency = await adjacencyOf(rows);
        const { candidates } = openDiscovery(adjacency, "c1", {
          first: 50,
          targetType: "Disease",
          rankers: ["BeliefPaths", ...rankers],
        });
        for (const { curie, scores } of candidates) {
          const found = pairScores(adjacency, "c1", curie, { targetType: "Disease", rankers });
          expect(found.scores.map(({ ranker, score, numbers }) => ({ ranker, score, numbers }))).toEqual(
            scores,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it("ranks an entity that is known already among the others", async () => {
    const rows = [edge("c1", "d1"), edge("c1", "g1"), edge("g1", "d2"), edge("g1", "d1"), edge("g2", "d1")];
    const adjacency = await adjacencyOf(rows);
    const { scores } = pairScores(adjacency, "c1", "d1", { targetType: "Disease", rankers: ["Degree"] });
    expect(scores).toMatchObject([{ ranker: "Degree", score: 3, rank: 1, candidates: 2 }]);
  });
});
