/**
 * Open discovery and path ranking over graphs drawn by hand, small enough to work out the answers on paper.
 */
import { describe, expect, it } from "vitest";
import type { Ranker } from "../../src/core/ranker.js";
import type { EntityType, RelationType } from "../../src/core/relation-types.js";
import type { AdjacencyRow } from "../../src/discovery/adjacency/adjacency.js";
import { buildAdjacency } from "../../src/discovery/adjacency/build-adjacency.js";
import { type CandidateScore, openDiscovery } from "../../src/discovery/open-discovery.js";
import { rankedPaths } from "../../src/discovery/paths/ranked-paths.js";

const TYPES: Record<string, EntityType> = { c: "Chemical", d: "Disease", g: "Gene" };

/** An edge between entities whose first letter tells their type: c1, d1, g1. */
function edge(
  subject: string,
  object: string,
  options: { type?: RelationType; belief?: number; firstYear?: number } = {},
): AdjacencyRow {
  const [a, b] = subject < object ? [subject, object] : [object, subject];
  return {
    subject: a,
    subjectType: TYPES[a.charAt(0)] ?? "Gene",
    object: b,
    objectType: TYPES[b.charAt(0)] ?? "Gene",
    type: options.type ?? "Association",
    belief: options.belief ?? 0.5,
    ...(options.firstYear === undefined ? {} : { firstYear: options.firstYear }),
  };
}

function build(rows: readonly AdjacencyRow[]) {
  return buildAdjacency(async function* () {
    yield* rows;
  });
}

function scoreOf(scores: readonly CandidateScore[], ranker: Ranker): number | undefined {
  return scores.find((score) => score.ranker === ranker)?.score;
}

describe("openDiscovery", () => {
  const abc = [
    edge("c1", "g1", { firstYear: 1980, type: "Negative_Correlation", belief: 0.9 }),
    edge("c1", "g2", { firstYear: 1982, belief: 0.8 }),
    edge("d1", "g1", { firstYear: 1981, type: "Positive_Correlation", belief: 0.7 }),
    edge("d1", "g2", { firstYear: 1985 }),
    edge("d2", "g1", { firstYear: 1979 }),
  ];

  it("ranks what A is not related to by the number of linking terms", async () => {
    const { candidates } = openDiscovery(await build(abc), "c1", { first: 10 });
    expect(candidates.map(({ curie, scores }) => [curie, scoreOf(scores, "LinkingTermCount")])).toEqual([
      ["d1", 2],
      ["d2", 1],
    ]);
    expect(candidates[0]?.linking.map(({ curie, degree }) => [curie, degree])).toEqual([
      ["g1", 3],
      ["g2", 2],
    ]);
    expect(candidates[0]?.linking[0]?.predictedSign).toBe(-1);
  });

  it("leaves out what A is directly related to, until the year in which that became known", async () => {
    const rows = [...abc, edge("c1", "d1", { firstYear: 1986 })];
    const names = (asOf?: number, graph = rows) =>
      build(graph).then((adjacency) =>
        openDiscovery(adjacency, "c1", { first: 10, asOf }).candidates.map(({ curie }) => curie),
      );
    expect(await names()).toEqual(["d2"]);
    expect(await names(1985)).toEqual(["d1", "d2"]);
    expect(await names(1980)).toEqual(["d2"]);
    expect(await names(1970)).toEqual([]);
  });

  it("treats relations without a year as unknown as soon as a year is asked for", async () => {
    const adjacency = await build([edge("c1", "g1"), edge("d1", "g1", { firstYear: 1980 })]);
    expect(openDiscovery(adjacency, "c1", { first: 5 }).candidates).toHaveLength(1);
    expect(openDiscovery(adjacency, "c1", { first: 5, asOf: 2020 }).candidates).toHaveLength(0);
  });

  it("breaks ties by belief, then by CURIE", async () => {
    const adjacency = await build([
      edge("c1", "g1", { belief: 0.9 }),
      edge("d1", "g1", { belief: 0.2 }),
      edge("d2", "g1", { belief: 0.6 }),
      edge("d3", "g1", { belief: 0.2 }),
    ]);
    const { candidates } = openDiscovery(adjacency, "c1", { first: 10, rankers: ["LinkingTermCount"] });
    expect(candidates.map(({ curie }) => curie)).toEqual(["d2", "d1", "d3"]);
  });

  it("orders by another ranker when asked", async () => {
    const adjacency = await build([
      ...["g1", "g2"].flatMap((b) => [edge("c1", b, { belief: 0.1 }), edge("d1", b, { belief: 0.1 })]),
      edge("c1", "g3", { belief: 0.9 }),
      edge("d2", "g3", { belief: 0.9 }),
    ]);
    const first = (rankers: readonly ("LinkingTermCount" | "MinimumWeightSum")[]) =>
      openDiscovery(adjacency, "c1", { first: 1, rankers }).candidates[0]?.curie;
    expect(first(["LinkingTermCount"])).toBe("d1");
    expect(first(["MinimumWeightSum"])).toBe("d2");
  });

  it("keeps to the types asked for, and cuts hubs", async () => {
    const adjacency = await build([...abc, edge("g1", "g9")]);
    const run = (options: object) =>
      openDiscovery(adjacency, "c1", { first: 10, ...options }).candidates.map(({ curie }) => curie);
    expect(run({ targetType: "Gene" })).toEqual(["g9"]);
    expect(run({ targetType: "Disease", via: ["Chemical"] })).toEqual([]);
    expect(run({ maxLinkingDegree: 2 })).toEqual(["d1"]);
  });

  it("passes over what is excluded, and takes a weakly believed relation for unknown when asked to", async () => {
    const adjacency = await build([...abc, edge("c1", "d1", { belief: 0.17 })]);
    const run = (options: object) =>
      openDiscovery(adjacency, "c1", { first: 10, ...options }).candidates.map(({ curie }) => curie);
    expect(run({})).toEqual(["d2"]);
    expect(run({ knownFrom: 0.3 })).toEqual(["d1", "d2"]);
    expect(run({ knownFrom: 0.3, excluded: ["d1"] })).toEqual(["d2"]);
    expect(run({ excluded: ["g1"] })).toEqual([]);
    expect(run({ knownFrom: 0.1 })).toEqual(["d2"]);
  });

  it("shows degree beside whatever orders, with the numbers that made each score", async () => {
    const { candidates } = openDiscovery(await build(abc), "c1", { first: 1, rankers: ["Jaccard"] });
    const scores = new Map(candidates[0]?.scores.map((score) => [score.ranker, score]));
    expect(scores.get("Degree")).toMatchObject({ score: 2, numbers: { degree: 2 } });
    expect(scores.get("Jaccard")).toMatchObject({
      score: 1,
      numbers: { both: 2, ofStart: 2, ofCandidate: 2, all: 5 },
    });
  });

  it("says what to do where the learned ranker has nothing learned", async () => {
    const adjacency = await build(abc);
    expect(() => openDiscovery(adjacency, "c1", { first: 1, rankers: ["Learned"] })).toThrow("discovery fit");
  });

  it("flags a candidate whose linking terms predict opposite signs", async () => {
    const adjacency = await build([
      edge("c1", "g1", { type: "Positive_Correlation" }),
      edge("d1", "g1", { type: "Positive_Correlation" }),
      edge("c1", "g2", { type: "Negative_Correlation" }),
      edge("d1", "g2", { type: "Positive_Correlation" }),
    ]);
    expect(openDiscovery(adjacency, "c1", { first: 1 }).candidates[0]).toMatchObject({
      contradicted: true,
      predictedSign: 0,
    });
  });

  it("says when it stopped early", async () => {
    const answer = openDiscovery(await build(abc), "c1", { first: 10, limits: { maxLinks: 3 } });
    expect(answer.truncated).toMatch(/stopped after \d links/);
  });
});

describe("rankedPaths", () => {
  const square = [
    edge("c1", "g1", { belief: 0.9 }),
    edge("d1", "g1", { belief: 0.9 }),
    edge("c1", "g2", { belief: 0.5 }),
    edge("d1", "g2", { belief: 0.5 }),
    edge("g1", "g2", { belief: 1, firstYear: 2000 }),
  ];

  it("gives simple paths by the product of beliefs, damped at the entities on the way", async () => {
    const { paths, truncated } = rankedPaths(await build(square), "c1", "d1", { maxHops: 3, first: 10 });
    expect(truncated).toBeUndefined();
    expect(paths.map(({ hops }) => hops.map(({ to }) => to).join(" "))).toEqual([
      "g1 d1",
      "g1 g2 d1",
      "g2 g1 d1",
      "g2 d1",
    ]);
    expect(paths[0]?.score).toBeCloseTo(0.81 * 3 ** -0.4, 6);
    expect(paths[3]?.score).toBeCloseTo(0.25 * 3 ** -0.4, 6);
  });

  it("prefers a quiet entity to a hub", async () => {
    const hub = ["d2", "d3", "d4", "d5", "d6"].map((other) => edge("g1", other));
    const rows = [edge("c1", "g1"), edge("d1", "g1"), edge("c1", "g2"), edge("d1", "g2"), ...hub];
    const { paths } = rankedPaths(await build(rows), "c1", "d1", { maxHops: 2, first: 1 });
    expect(paths[0]?.hops[0]?.to).toBe("g2");
  });

  it("respects the number of hops, the year and the belief asked for", async () => {
    const adjacency = await build(square);
    expect(rankedPaths(adjacency, "c1", "d1", { maxHops: 1, first: 9 }).paths).toEqual([]);
    expect(rankedPaths(adjacency, "c1", "d1", { maxHops: 2, first: 9 }).paths).toHaveLength(2);
    expect(rankedPaths(adjacency, "c1", "d1", { maxHops: 2, first: 9, minBelief: 0.6 }).paths).toHaveLength(
      1,
    );
    expect(rankedPaths(adjacency, "g1", "g2", { maxHops: 1, first: 9, asOf: 1999 }).paths).toEqual([]);
    expect(rankedPaths(adjacency, "g1", "g2", { maxHops: 1, first: 9, asOf: 2000 }).paths).toHaveLength(1);
  });

  it("keeps beliefs exact, so that a threshold includes what equals it", async () => {
    const adjacency = await build([edge("c1", "g1", { belief: 0.95 })]);
    const { paths } = rankedPaths(adjacency, "c1", "g1", { maxHops: 1, first: 1, minBelief: 0.95 });
    expect(paths[0]?.score).toBe(0.95);
  });

  it("says when it stopped early", async () => {
    const { truncated } = rankedPaths(await build(square), "c1", "d1", {
      maxHops: 4,
      first: 9,
      limits: { maxLinks: 9 },
    });
    expect(truncated).toMatch(/stopped after \d links/);
  });
});
