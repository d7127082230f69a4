/** Ranked paths against the plain listing of every simple path, on random graphs. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { AdjacencyRow } from "../../../src/discovery/adjacency/adjacency.js";
import { rankedPaths } from "../../../src/discovery/paths/ranked-paths.js";
import { type PlainGraph, plainGraph } from "../../support/plain-rankers.js";
import { adjacencyOf, randomRows, rowsAsOf, typeOfName } from "../../support/random-graph.js";

/** Every simple path of at most so many hops, with its score, the best first and by the names on a tie. */
function everyPath(graph: PlainGraph, from: string, to: string, maxHops: number) {
  const found: { path: string; score: number }[] = [];
  const walk = (path: readonly string[], score: number) => {
    const last = path.at(-1) ?? "";
    for (const [next, belief] of graph.get(last) ?? []) {
      if (path.includes(next) || path.length > maxHops) continue;
      const damping = next === to ? 1 : (graph.get(next)?.size ?? 0) ** -0.4;
      const longer = [...path, next];
      if (next === to) found.push({ path: longer.join(" "), score: score * belief });
      else walk(longer, score * belief * damping);
    }
  };
  walk([from], 1);
  return found.sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}

it("gives the best of all simple paths of one to four hops, as of any year", async () => {
  const year = fc.option(fc.integer({ min: 2000, max: 2005 }), { nil: undefined });
  const hops = fc.integer({ min: 1, max: 4 });
  await fc.assert(
    fc.asyncProperty(randomRows({ entities: 4 }), year, hops, async (rows, asOf, maxHops) => {
      const adjacency = await adjacencyOf(rows);
      const graph = plainGraph(asOf === undefined ? rows : rowsAsOf(rows, asOf));
      for (const [from, to] of [
        ["c1", "d1"],
        ["g1", "g2"],
      ] as const) {
        const all = everyPath(graph, from, to, maxHops);
        for (const first of [1, 5, 100]) {
          const { paths, truncated } = rankedPaths(adjacency, from, to, { maxHops, first, asOf });
          expect(truncated).toBeUndefined();
          expect(paths).toHaveLength(Math.min(first, all.length));
          const scores = new Map(all.map(({ path, score }) => [path, score]));
          const names = paths.map(({ hops: steps }) => [from, ...steps.map((hop) => hop.to)].join(" "));
          expect(new Set(names).size).toBe(names.length);
          for (const [place, { score }] of paths.entries()) {
            expect(score).toBeCloseTo(scores.get(names[place] ?? "") ?? -1, 12);
            expect(score).toBeCloseTo(all[place]?.score ?? -1, 12);
          }
        }
      }
    }),
    { numRuns: 80 },
  );
});

it("keeps what lies between to the types, the degree and the names asked for", async () => {
  await fc.assert(
    fc.asyncProperty(randomRows({ entities: 4 }), async (rows) => {
      const [adjacency, graph] = [await adjacencyOf(rows), plainGraph(rows)];
      const asked = { maxHops: 4, first: 100_000 };
      const between = (path: string) => path.split(" ").slice(1, -1);
      const all = everyPath(graph, "c1", "d1", 4);
      const expected = all.filter(({ path }) =>
        between(path).every(
          (name) => name !== "g2" && typeOfName(name) !== "Variant" && (graph.get(name)?.size ?? 0) <= 5,
        ),
      );
      const options = {
        via: ["Gene", "Disease", "Chemical"],
        maxLinkingDegree: 5,
        excluded: ["g2"],
      } as const;
      const { paths } = rankedPaths(adjacency, "c1", "d1", { ...asked, ...options });
      const named = paths.map(({ hops }) => ["c1", ...hops.map(({ to }) => to)].join(" "));
      expect(named.sort()).toEqual(expected.map(({ path }) => path).sort());
    }),
    { numRuns: 60 },
  );
});

it("scores a path the same to the last bit as of a year and on a graph of those papers alone", async () => {
  const asked = { maxHops: 4, first: 100 };
  await fc.assert(
    fc.asyncProperty(
      randomRows({ entities: 4 }),
      fc.integer({ min: 2001, max: 2004 }),
      async (rows, asOf) => {
        const [whole, alone] = [await adjacencyOf(rows), await adjacencyOf(rowsAsOf(rows, asOf))];
        const then = rankedPaths(whole, "c1", "d1", { ...asked, asOf });
        expect(then.paths).toEqual(rankedPaths(alone, "c1", "d1", asked).paths);
      },
    ),
    { numRuns: 200 },
  );
});

it("says when a budget cut it short, and gives what it has", async () => {
  const names = ["c1", "d1", "g1", "g2", "g3", "g4"];
  const rows = names.flatMap((subject, at) =>
    names.slice(at + 1).map((object): AdjacencyRow => {
      const types = { subjectType: typeOfName(subject), objectType: typeOfName(object) };
      return { subject, object, ...types, type: "Association", belief: 0.5 };
    }),
  );
  const asked = { maxHops: 4, first: 100 };
  const adjacency = await adjacencyOf(rows);
  const whole = rankedPaths(adjacency, "c1", "d1", asked);
  expect(whole).toMatchObject({ paths: { length: 1 + 4 + 12 + 24 } });
  const cut = rankedPaths(adjacency, "c1", "d1", { ...asked, limits: { maxLinks: 25 } });
  expect(cut.truncated).toMatch(/stopped after \d+ links/);
  expect(cut.paths).toHaveLength(1 + 4 + 12);
});
