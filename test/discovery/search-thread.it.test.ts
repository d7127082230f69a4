/** The searching thread: same answers as here, newer graphs, faults, deadlines and cancellation. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDiscovery } from "../../src/discovery/open-discovery.js";
import { rankedPaths } from "../../src/discovery/paths/ranked-paths.js";
import { featureNames } from "../../src/discovery/rankers/features.js";
import { FEATURE_FORMS } from "../../src/discovery/rankers/learned-weights.js";
import { SearchThread } from "../../src/discovery/search-thread.js";
import { adjacencyOf, typeOfName } from "../support/random-graph.js";

let thread: SearchThread;
beforeEach(() => {
  thread = new SearchThread();
});
afterEach(() => thread.dispose());

function graphOf(pairs: readonly (readonly [string, string])[]) {
  return adjacencyOf(
    pairs.map(([subject, object]) => ({
      ...{ subject, subjectType: typeOfName(subject), object, objectType: typeOfName(object) },
      ...{ type: "Association", belief: 0.5, firstYear: 2000 },
    })),
  );
}

describe("the searching thread", () => {
  it("answers as a search here does, on the graph that it is asked about", async () => {
    const graph = await graphOf([
      ["c1", "g1"],
      ["d1", "g1"],
      ["d2", "g1"],
      ["d2", "g2"],
    ]);
    const options = { first: 5, asOf: 2001 };
    const [open, paths] = await Promise.all([
      thread.open(graph, { from: "c1", options }, { millis: 10_000 }),
      thread.paths(graph, { from: "c1", to: "g2", options: { ...options, maxHops: 3 } }, { millis: 10_000 }),
    ]);
    expect(open).toEqual(openDiscovery(graph, "c1", options));
    expect(open.candidates).toHaveLength(2);
    expect(paths).toEqual(rankedPaths(graph, "c1", "g2", { ...options, maxHops: 3 }));
    expect(paths.paths).toHaveLength(1);
    const newer = await graphOf([
      ["c1", "g1"],
      ["d1", "g1"],
      ["c1", "d1"],
    ]);
    expect((await thread.open(newer, { from: "c1", options }, { millis: 10_000 })).candidates).toEqual([]);
  });

  it("passes faults on as they are, and answers the next question", async () => {
    const graph = await graphOf([
      ["c1", "g1"],
      ["d1", "g1"],
    ]);
    const learned = { first: 5, rankers: ["Learned"] as const };
    const asked = thread.open(graph, { from: "c1", options: learned }, { millis: 10_000 });
    await expect(asked).rejects.toMatchObject({
      code: "CONFIG",
      reason: expect.stringContaining("discovery fit"),
    });
    expect(
      (await thread.open(graph, { from: "c1", options: { first: 5 } }, { millis: 10_000 })).candidates,
    ).toHaveLength(1);
  });

  it("ranks by what was learned, where that is given, and says what each feature contributes", async () => {
    const graph = await graphOf([
      ["c1", "g1"],
      ["d1", "g1"],
      ["d2", "g1"],
      ["d2", "g2"],
      ["c2", "d2"],
    ]);
    const names = featureNames(0, 1);
    const features = FEATURE_FORMS.flatMap((form) =>
      names.map((name) => {
        const weight = name === "degree:Chemical" && form === "asinh" ? -2 : 0;
        return { name, form, usual: 1, mean: 0, deviation: 1, weight };
      }),
    );
    const weights = { fromType: "Chemical", targetType: "Disease", features, intercept: 0.5 } as const;
    const options = { first: 5, targetType: "Disease", weights } as const;
    const { candidates } = await thread.open(graph, { from: "c1", options }, { millis: 10_000 });
    // A chemical beside a disease counts against it here, so the better connected one comes last.
    expect(candidates.map(({ curie }) => curie)).toEqual(["d1", "d2"]);
    const learned = candidates[1]?.scores.find(({ ranker }) => ranker === "Learned");
    expect(learned?.numbers).toEqual({ intercept: 0.5, "degree:Chemical": -2 * Math.asinh(1) });
    expect(learned?.score).toBeCloseTo(0.5 - 2 * Math.asinh(1), 12);
  });

  it("stops at the deadline and when nobody waits any more, and says so, while this thread is free", async () => {
    // Every entity is related to every other: 999,000 links to look at for each walk of three hops.
    const names = Array.from({ length: 500 }, (_, index) => `g${index}`);
    const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));
    const graph = await graphOf(pairs.filter(([one, other]) => one !== "g0" || other < "g3"));
    const paths = { from: "g0", to: "g499", options: { maxHops: 4, first: 100_000 } };
    await thread.paths(graph, { ...paths, options: { maxHops: 1, first: 1 } }, { millis: 10_000 });
    const late = await thread.paths(graph, paths, { millis: -1 });
    expect(late.truncated).toContain("stopped at the deadline");
    const gone = new AbortController();
    let turns = 0;
    const turning = setInterval(() => turns++, 5);
    const asked = thread.paths(graph, paths, { millis: 60_000, signal: gone.signal });
    setTimeout(() => gone.abort(), 100);
    expect((await asked).truncated).toBe("cancelled");
    clearInterval(turning);
    expect(turns).toBeGreaterThan(5);
  });

  it("fails what waits when it is ended", async () => {
    const graph = await graphOf([
      ["c1", "g1"],
      ["d1", "g1"],
    ]);
    const asked = thread.open(graph, { from: "c1", options: { first: 1 } }, { millis: 10_000 });
    const failed = expect(asked).rejects.toMatchObject({ code: "CANCELLED" });
    await thread.dispose();
    await failed;
  });
});
