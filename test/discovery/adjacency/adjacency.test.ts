/**
 * The adjacency against what its relations say: as of every year, after deltas, and from disk.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Adjacency, AdjacencyRow } from "../../../src/discovery/adjacency/adjacency.js";
import { loadAdjacency, writeAdjacency } from "../../../src/discovery/adjacency/adjacency-file.js";
import { buildAdjacency } from "../../../src/discovery/adjacency/build-adjacency.js";
import { withDelta } from "../../../src/discovery/adjacency/delta.js";
import { GraphView, type LinkFilter } from "../../../src/discovery/adjacency/graph-view.js";
import { adjacencyOf, randomRows, rowsAsOf } from "../../support/random-graph.js";

/** Every entity's links by name, with belief and types: what the graph says, whatever its numbering. */
function contents(adjacency: Adjacency, filter: LinkFilter = {}) {
  const view = new GraphView(adjacency, filter);
  const room = view.room();
  const named = new Map<string, unknown>();
  // Compared all at once: an assertion for every entity would take most of the time.
  const [read, told]: [unknown[], unknown[]] = [[], []];
  for (const [entity, curie] of adjacency.curies.entries()) {
    const links = view.links(entity);
    if (links.length === 0) continue;
    const count = view.neighbours(entity, room, true);
    read.push([view.degrees[entity], ...room.targets.subarray(0, count), ...room.beliefs.subarray(0, count)]);
    told.push([links.length, ...links.map(({ target }) => target), ...links.map(({ belief }) => belief)]);
    named.set(
      curie,
      links.map(({ target, belief, types }) => [adjacency.curies[target], belief, types]).sort(),
    );
  }
  expect(read).toEqual(told);
  return new Map([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same from the rows, slowly. */
function expected(rows: readonly AdjacencyRow[], filter: LinkFilter = {}) {
  const links = new Map<string, Map<string, { belief: number; types: string[] }>>();
  const note = (from: string, to: string, row: AdjacencyRow) => {
    const known = links.get(from) ?? new Map<string, { belief: number; types: string[] }>();
    const link = known.get(to) ?? { belief: 0, types: [] };
    known.set(to, { belief: Math.max(link.belief, row.belief), types: [...link.types, row.type].sort() });
    links.set(from, known);
  };
  for (const row of rows) {
    if (filter.minBelief !== undefined && row.belief < filter.minBelief) continue;
    if (filter.minPapers !== undefined && (row.papers?.length ?? 1) < filter.minPapers) continue;
    if (filter.types?.has(row.type) === false) continue;
    note(row.subject, row.object, row);
    note(row.object, row.subject, row);
  }
  const told = [...links].map(([curie, known]): [string, unknown] => [
    curie,
    [...known].map(([to, { belief, types }]) => [to, belief, types]).sort(),
  ]);
  return new Map(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("an adjacency", () => {
  it("says what its relations say, in whatever order they came", async () => {
    await fc.assert(
      fc.asyncProperty(randomRows(), fc.infiniteStream(fc.nat()), async (rows, order) => {
        const shuffled = rows
          .map((row) => ({ row, at: order.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ row }) => row);
        const [one, other] = [await adjacencyOf(rows), await adjacencyOf(shuffled)];
        expect(contents(one)).toEqual(expected(rows));
        expect([...other.targets]).toEqual([...one.targets]);
        expect([...other.beliefs]).toEqual([...one.beliefs]);
      }),
      { numRuns: 50 },
    );
  });

  it("is, as of every year, what a graph of those papers alone would be, belief to the last bit", async () => {
    await fc.assert(
      fc.asyncProperty(randomRows(), fc.integer({ min: 1999, max: 2006 }), async (rows, asOf) => {
        const alone = await adjacencyOf(rowsAsOf(rows, asOf));
        expect(contents(await adjacencyOf(rows), { asOf })).toEqual(contents(alone));
      }),
      { numRuns: 50 },
    );
  });

  it("keeps to the filter, as of a year too", async () => {
    const filters = fc.record({
      minBelief: fc.constantFrom(undefined, 0.3, 0.9),
      minPapers: fc.constantFrom(undefined, 2),
      types: fc.constantFrom(undefined, new Set(["Association", "Bind"] as const)),
    });
    await fc.assert(
      fc.asyncProperty(randomRows(), filters, async (rows, filter) => {
        const adjacency = await adjacencyOf(rows);
        expect(contents(adjacency, filter)).toEqual(expected(rows, filter));
        expect(contents(adjacency, { ...filter, asOf: 2003 })).toEqual(
          expected(rowsAsOf(rows, 2003), filter),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("refuses an entity that takes part in no relation", async () => {
    const row: AdjacencyRow = {
      ...{ subject: "a", subjectType: "Gene", object: "b", objectType: "Species" },
      ...{ type: "Association", belief: 1 },
    };
    const built = buildAdjacency(async function* () {
      yield row;
    });
    await expect(built).rejects.toThrow("b, which is a Species");
  });
});

describe("a delta", () => {
  it("gives what building from all relations gives, and leaves the old adjacency as it was", async () => {
    const deltas = fc.array(fc.tuple(randomRows({ entities: 7, most: 12 }), fc.boolean()), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(randomRows(), deltas, async (rows, changes) => {
        const key = ({ subject, object, type }: AdjacencyRow) => `${subject} ${object} ${type}`;
        const now = new Map(rows.map((row) => [key(row), row]));
        let adjacency = await adjacencyOf(rows);
        for (const [changed, taken] of changes) {
          const before = adjacency;
          const was = contents(before);
          const delta = changed.map((row) => (taken ? { ...row, belief: 0 } : row));
          for (const row of delta) {
            if (row.belief === 0) now.delete(key(row));
            else now.set(key(row), row);
          }
          adjacency = withDelta(before, delta);
          expect(contents(before)).toEqual(was);
          expect(contents(adjacency)).toEqual(expected([...now.values()]));
          expect(adjacency.relations).toBe(now.size);
          const order = [...adjacency.curies].sort();
          expect(
            adjacency.curies.map(
              (curie) => order[adjacency.curieRanks[adjacency.indexOf(curie) ?? -1] ?? -1],
            ),
          ).toEqual(adjacency.curies);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("finds new room where what it had is used up", async () => {
    const row = (target: number): AdjacencyRow => ({
      ...{ subject: "g0", subjectType: "Gene", object: `g${target}`, objectType: "Gene" },
      ...{ type: "Association", belief: 0.5, firstYear: 2000 },
    });
    let adjacency = await adjacencyOf([row(1)]);
    const rows = Array.from({ length: 3_000 }, (_, index) => row(index + 1));
    for (let at = 0; at < rows.length; at += 1_000)
      adjacency = withDelta(adjacency, rows.slice(at, at + 1_000));
    expect(contents(adjacency)).toEqual(expected(rows));
  });
});

describe("an adjacency's file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "adjacency-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("gives back what was written, after deltas too", async () => {
    const file = join(folder, "graph.adjacency");
    await fc.assert(
      fc.asyncProperty(randomRows(), randomRows({ entities: 8 }), async (rows, delta) => {
        const adjacency = withDelta(await adjacencyOf(rows), delta);
        await writeAdjacency(file, { graph: "7", adjacency });
        const loaded = await loadAdjacency(file);
        expect(loaded.graph).toBe("7");
        expect(loaded.adjacency.curies).toEqual(adjacency.curies);
        expect(contents(loaded.adjacency, { asOf: 2003 })).toEqual(contents(adjacency, { asOf: 2003 }));
        expect(contents(withDelta(loaded.adjacency, rows))).toEqual(contents(withDelta(adjacency, rows)));
      }),
      { numRuns: 20 },
    );
  });

  it("is refused where it is missing, something else, cut short, or contradicts itself", async () => {
    const file = join(folder, "other");
    await expect(loadAdjacency(join(folder, "none"))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await writeFile(file, "x".repeat(5_000));
    await expect(loadAdjacency(file)).rejects.toThrow("no header");
    const adjacency = await adjacencyOf(
      fc.sample(randomRows({ entities: 9 }), { numRuns: 1, seed: 4 })[0] ?? [],
    );
    await writeAdjacency(file, { graph: "1", adjacency });
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length - 1));
    await expect(loadAdjacency(file)).rejects.toThrow("cut short");
    await writeFile(file, bytes.toString("latin1").replace('"version":2', '"version":9'), "latin1");
    await expect(loadAdjacency(file)).rejects.toThrow("layout is 9");
    const edges = Number(/"edges":(\d+)/.exec(bytes.toString("latin1"))?.[1]);
    const end = bytes.length - adjacency.size - edges - 3 * adjacency.papersUsed - 2 * edges;
    bytes.writeUInt32LE(1_000_000, end - 4);
    await writeFile(file, bytes);
    await expect(loadAdjacency(file)).rejects.toThrow("contradict");
  });
});
