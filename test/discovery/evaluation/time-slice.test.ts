/**
 * Time slices: what is gold, that rankers see nothing of later, that the learned ranker finds what decides, and where.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import type { AdjacencyRow } from "../../../src/discovery/adjacency/adjacency.js";
import { evaluateSlice } from "../../../src/discovery/evaluation/evaluate-slice.js";
import { fitLearned } from "../../../src/discovery/evaluation/fit-learned.js";
import { fitLogistic } from "../../../src/discovery/evaluation/logistic-regression.js";
import { timeSlice } from "../../../src/discovery/evaluation/time-slice.js";
import {
  readLearnedModel,
  weightsFor,
  writeLearnedModel,
} from "../../../src/discovery/rankers/learned-weights.js";
import { adjacencyOf, typeOfName } from "../../support/random-graph.js";

function edge(subject: string, object: string, firstYear: number): AdjacencyRow {
  const ends = { subject, subjectType: typeOfName(subject), object, objectType: typeOfName(object) };
  return { ...ends, type: "Association", belief: 0.9, firstYear };
}

const SLICE = {
  cutoff: 2005,
  until: 2010,
  fromType: "Disease",
  targetType: "Gene",
  queries: 9,
  seed: 1,
} as const;

describe("a time slice", () => {
  it("asks for the new pairs of known entities, of the years named", async () => {
    const adjacency = await adjacencyOf([
      ...[edge("d1", "g1", 2000), edge("d1", "g2", 2001), edge("g3", "c1", 2000), edge("g4", "c1", 2006)],
      // New; with a gene that was unknown; too late; new, but known by another type of relation before.
      ...[edge("d1", "g3", 2007), edge("d1", "g4", 2007), edge("d1", "g5", 2012)],
      { ...edge("d1", "g1", 2008), type: "Bind" as const },
      // One neighbour only at the cutoff.
      ...[edge("d2", "g1", 2000), edge("d2", "g2", 2008)],
    ]);
    const slice = timeSlice(adjacency, SLICE);
    expect(slice.eligible).toBe(1);
    expect(slice.queries).toEqual([{ from: adjacency.indexOf("d1"), gold: [adjacency.indexOf("g3")] }]);
    expect(timeSlice(adjacency, { ...SLICE, minDegree: 1 }).eligible).toBe(2);
    expect(() => timeSlice(adjacency, { ...SLICE, until: 2005 })).toThrow("not after the cutoff");
  });

  it("is judged the same whatever becomes known after its end", async () => {
    const rows = communities(3);
    const later = rows.map(({ subject, object }) => edge(object, subject.replace("d", "g"), 2015));
    const judge = async (of: readonly AdjacencyRow[]) => {
      const slice = timeSlice(await adjacencyOf(of), SLICE);
      return evaluateSlice(slice, { rankers: ["PageRank", "Dwpc", "BeliefPaths"] });
    };
    const unseen = later.filter(({ subject }) =>
      rows.some((row) => [row.subject, row.object].includes(subject)),
    );
    expect(await judge([...rows, ...unseen])).toEqual(await judge(rows));
  });
});

/** Diseases and genes in groups: what becomes known, in two waves, lies within them, while hubs belong to none. */
function communities(seed: number): AdjacencyRow[] {
  const random = seededRandom(seed);
  const rows = new Map<string, AdjacencyRow>();
  const relate = (disease: number, gene: number, year: number) => {
    const row = edge(`d${disease}`, `g${gene}`, year);
    const key = `${row.subject} ${row.object}`;
    if (!rows.has(key)) rows.set(key, row);
  };
  for (let disease = 0; disease < 60; disease++) {
    const group = disease % 6;
    for (let link = 0; link < 9; link++)
      relate(disease, group * 20 + Math.floor(20 * random.next()), 1990 + link * 2);
    for (let link = 0; link < 4; link++) relate(disease, 120 + Math.floor(8 * random.next()), 1990 + link);
  }
  for (let disease = 0; disease < 60; disease++) {
    for (const year of [2003, 2008]) {
      for (let link = 0; link < 3; link++)
        relate(disease, (disease % 6) * 20 + Math.floor(20 * random.next()), year);
    }
  }
  return [...rows.values()];
}

describe("the learned ranker", () => {
  it("finds on an earlier slice what decides on a later one, and says so feature by feature", async () => {
    const adjacency = await adjacencyOf(communities(7));
    const earlier = timeSlice(adjacency, { ...SLICE, cutoff: 2002, until: 2005, queries: 60 });
    const weights = fitLearned(earlier);
    const slice = timeSlice(adjacency, { ...SLICE, queries: 60 });
    const results = evaluateSlice(slice, { rankers: ["Learned", "LinkingTermCount"], weights });
    expect(results.map(({ ranker }) => ranker)).toEqual(["Degree", "Learned", "LinkingTermCount"]);
    const [degree, learned] = results;
    expect(degree?.all.figures.mrr.aboveDegree).toEqual({ value: 0, interval: [0, 0] });
    expect(learned?.all.figures.mrr.aboveDegree.interval[0]).toBeGreaterThan(0);
    expect(learned?.all.figures.auc.value).toBeGreaterThan(0.9);
    expect(learned?.reached.gold).toBeLessThanOrEqual(learned?.all.gold ?? 0);
    expect(learned?.strata.reduce((sum, { gold }) => sum + gold, 0)).toBe(learned?.all.gold);
  });

  it("keeps its weights in a file, and has none for other types", async () => {
    const folder = await mkdtemp(join(tmpdir(), "weights-"));
    try {
      const adjacency = await adjacencyOf(communities(2));
      const weights = fitLearned(timeSlice(adjacency, SLICE));
      const model = { cutoff: 2005, until: 2010, weights: [weights] };
      await writeLearnedModel(join(folder, "weights.json"), model);
      const read = await readLearnedModel(join(folder, "weights.json"));
      expect(read).toMatchObject(model);
      expect(weightsFor(read, "Disease", "Gene")).toEqual(weights);
      expect(weightsFor(read, "Gene", "Disease")).toBeUndefined();
      expect(weightsFor(read, "Disease", undefined)).toBeUndefined();
      await writeFile(join(folder, "weights.json"), "{}");
      await expect(readLearnedModel(join(folder, "weights.json"))).rejects.toMatchObject({ code: "MODEL" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("logistic regression", () => {
  it("has the slope 0 where it stops, and the weights that made the examples", () => {
    const random = seededRandom(5);
    const [count, truth] = [4_000, [1.5, -2, 0]];
    const rows = Float64Array.from({ length: 3 * count }, () => random.normal());
    const odds = (row: number, weights: ArrayLike<number>, intercept: number) =>
      [0, 1, 2].reduce((sum, k) => sum + (weights[k] ?? 0) * (rows[3 * row + k] ?? 0), intercept);
    const classes = Float64Array.from({ length: count }, (_, row) =>
      random.next() < 1 / (1 + Math.exp(-odds(row, truth, 0.5))) ? 1 : 0,
    );
    const counts = new Float64Array(count).fill(1);
    const { weights, intercept } = fitLogistic({ rows, features: 3, classes, counts }, 2);
    for (const [k, weight] of truth.entries())
      expect(Math.abs((weights[k] ?? 0) - weight)).toBeLessThan(0.15);
    expect(Math.abs(intercept - 0.5)).toBeLessThan(0.15);
    for (let k = 0; k < 3; k++) {
      let slope = -2 * (weights[k] ?? 0);
      for (let row = 0; row < count; row++) {
        const probability = 1 / (1 + Math.exp(-odds(row, weights, intercept)));
        slope += ((classes[row] ?? 0) - probability) * (rows[3 * row + k] ?? 0);
      }
      expect(Math.abs(slope)).toBeLessThan(1e-6);
    }
  });
});
