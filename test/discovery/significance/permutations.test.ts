/** Permuted graphs keep every degree by role; their p-values are uniform by chance and small for what is no chance. */
import { mkdtempSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Random, seededRandom } from "../../../src/core/random.js";
import { required } from "../../../src/core/required.js";
import { type Adjacency, type AdjacencyRow, ROLES } from "../../../src/discovery/adjacency/adjacency.js";
import { GraphView } from "../../../src/discovery/adjacency/graph-view.js";
import { metapathPValues } from "../../../src/discovery/significance/metapath-p-values.js";
import { PairSet } from "../../../src/discovery/significance/pair-set.js";
import {
  countPermutations,
  readPermutations,
  writePermutations,
} from "../../../src/discovery/significance/permutations-file.js";
import { PermutedLinks } from "../../../src/discovery/significance/permuted-links.js";
import { SearchBudget } from "../../../src/discovery/walks/search-budget.js";
import { adjacencyOf, typeOfName } from "../../support/random-graph.js";

const link = (subject: string, object: string): AdjacencyRow => ({
  ...{ subject, subjectType: typeOfName(subject), object, objectType: typeOfName(object) },
  ...{ type: "Association", belief: 0.5, firstYear: 2000 },
});

/** Chemicals, diseases and genes related at random, those of low number more often. */
function randomGraph(random: Random, entities = 30, density = 0.25): AdjacencyRow[] {
  const names = ["c", "d", "g"].flatMap((role) =>
    Array.from({ length: entities }, (_, n) => `${role}${n + 1}`),
  );
  const share = (name: string) => 1.6 - Number(name.slice(1)) / entities;
  return names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .filter((other) => random.next() < density * share(one) * share(other))
      .map((other) => link(one, other)),
  );
}

const permutations = (adjacency: Adjacency, random: Random, count: number) => {
  const chain = new PermutedLinks(adjacency, random);
  return Array.from({ length: count }, () => chain.next());
};

const linksOf = (adjacency: Adjacency) => {
  const view = new GraphView(adjacency);
  const room = view.room();
  return adjacency.curies.flatMap((_, entity) => {
    const count = view.neighbours(entity, room);
    return [...room.targets.subarray(0, count)].map((target) => `${entity} ${target}`);
  });
};

describe("a permuted graph", () => {
  it("keeps everybody's degree by role, has no link twice, and has other links", async () => {
    const adjacency = await adjacencyOf(randomGraph(seededRandom(1)));
    const before = new Set(linksOf(adjacency));
    for (const permuted of permutations(adjacency, seededRandom(2), 3)) {
      const [one, other] = [new GraphView(adjacency), new GraphView(permuted)];
      for (const [role] of ROLES.entries())
        expect([...other.degreesByRole(role)]).toEqual([...one.degreesByRole(role)]);
      const after = linksOf(permuted);
      expect(new Set(after).size).toBe(after.length);
      expect(after).toHaveLength(before.size);
      const kept = after.filter((one) => before.has(one)).length / after.length;
      // As many as chance keeps at this density, not more.
      expect(kept).toBeLessThan(0.45);
    }
  });

  it("is told apart by pairs that are put in and taken out in any order", () => {
    const random = seededRandom(3);
    const [set, plain] = [new PairSet(40, 300), new Set<string>()];
    const name = (a: number, b: number) => [a, b].sort((x, y) => x - y).join();
    for (let step = 0; step < 20_000; step++) {
      const [a, b] = [Math.floor(random.next() * 40), Math.floor(random.next() * 40)];
      if (set.has(a, b) !== plain.has(name(a, b))) throw new Error(`${a} and ${b} after ${step} steps`);
      if (plain.has(name(a, b))) {
        set.delete(a, b);
        plain.delete(name(a, b));
      } else if (plain.size < 300) {
        set.add(a, b);
        plain.add(name(a, b));
      }
    }
    expect(plain.size).toBeGreaterThan(100);
  });
});

describe("a file of permuted graphs", () => {
  const folder = mkdtempSync(join(tmpdir(), "permutations-"));
  const file = join(folder, "graph.permutations");
  afterAll(() => rmSync(folder, { recursive: true }));

  it("gives back what was made, one after the other, and is refused for another graph's or cut short", async () => {
    const adjacency = await adjacencyOf(randomGraph(seededRandom(8)));
    expect(await countPermutations(file, "a@1")).toBe(0);
    await writePermutations(file, { graph: "a@1", adjacency, permutations: 3, seed: 9 });
    expect(await countPermutations(file, "a@1")).toBe(3);
    expect(await countPermutations(file, "a@2")).toBe(0);
    const made = permutations(adjacency, seededRandom(9), 3).map(linksOf);
    const read: string[][] = [];
    for await (const permuted of readPermutations(file, { graph: "a@1", adjacency }))
      read.push(linksOf(permuted));
    expect(read).toEqual(made);
    const other = readPermutations(file, { graph: "a@2", adjacency });
    await expect(other.next()).rejects.toThrow("another graph");
    truncateSync(file, statSync(file).size - 1);
    const cut = async () => {
      for await (const permuted of readPermutations(file, { graph: "a@1", adjacency })) linksOf(permuted);
    };
    await expect(cut()).rejects.toThrow("cut short");
  });
});

describe("the p-value of a metapath", () => {
  const pValues = async (rows: readonly AdjacencyRow[], seed: number, count = 8) => {
    const adjacency = await adjacencyOf(rows);
    const entity = (name: string) => required(adjacency.indexOf(name), name);
    const permuted = permutations(adjacency, seededRandom(seed), count);
    const asked = { adjacency, from: entity("c9"), to: entity("d9"), permuted, budget: new SearchBudget() };
    return required(await metapathPValues(asked), "p-values");
  };

  it("is uniform on random graphs", async () => {
    const found = new Map<string, number[]>([
      ["C-G-D", []],
      ["C-C-G-D", []],
      ["C-G-G-D", []],
    ]);
    const graphs = 120;
    for (let seed = 0; seed < graphs; seed++) {
      const values = await pValues(randomGraph(seededRandom(1_000 + seed), 16, 0.35), seed);
      for (const [name, all] of found) all.push(required(values.get(name), name));
    }
    for (const [name, values] of found) {
      values.sort((a, b) => a - b);
      const distance = Math.max(
        ...values.map((value, place) => Math.max(value - place / graphs, (place + 1) / graphs - value)),
      );
      // Kolmogorov and Smirnov's bound at 1 in 1,000.
      expect(distance, name).toBeLessThan(1.95 / Math.sqrt(graphs));
    }
  });

  it("is small where two are linked as chance would not link them, and no smaller than can be told", async () => {
    const planted = new Set(["g20", "g21", "g22", "g23", "g24", "g25", "g26"]);
    const others = randomGraph(seededRandom(5)).filter(
      ({ subject, object }) => !["c9", "d9"].includes(subject) && !["c9", "d9"].includes(object),
    );
    const ways = [...planted].flatMap((gene) => [link("c9", gene), link("d9", gene)]);
    const values = await pValues([...others, ...ways], 6, 60);
    expect(values.get("C-G-D")).toBeLessThan(0.02);
    expect(values.get("C-G-D")).toBeGreaterThan(0);
    expect(values.get("C-C-D")).toBe(1);
  });
});
