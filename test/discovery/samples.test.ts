/**
 * The two discoveries of the sample literature, as they stood before anybody wrote of them directly.
 */
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readDocuments } from "../../ingest/formats/read-documents.js";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { RANKERS, type Ranker } from "../../src/core/ranker.js";
import type { EntityType } from "../../src/core/relation-types.js";
import type { Adjacency, AdjacencyRow } from "../../src/discovery/adjacency/adjacency.js";
import { openDiscovery } from "../../src/discovery/open-discovery.js";
import { adjacencyOf } from "../support/random-graph.js";

const SAMPLES = ["fish-oil-raynaud.pubtator", "magnesium-migraine.pubtator", "modern-topics.pubtator"];

let adjacency: Adjacency;
beforeAll(async () => {
  const rows = new Map<string, AdjacencyRow & { papers: { year: number; weight: number }[] }>();
  for (const sample of SAMPLES) {
    for await (const document of readDocuments(join(PACKAGE_ROOT, "samples", sample))) {
      const types = new Map<string, EntityType>();
      for (const { ids, type } of document.mentions) for (const id of ids) types.set(id, type);
      for (const { subject: one, object: other, type } of document.relations) {
        const [subject, object] = [one, other].sort() as [string, string];
        const [subjectType, objectType] = [types.get(subject), types.get(object)];
        if (subjectType === undefined || objectType === undefined || document.year === undefined) continue;
        const key = `${subject} ${object} ${type}`;
        const ends = { subject, subjectType, object, objectType, type: type as AdjacencyRow["type"] };
        const known = rows.get(key) ?? { ...ends, belief: 0.95, firstYear: document.year, papers: [] };
        known.papers.push({ year: document.year, weight: 0.95 });
        rows.set(key, known);
      }
    }
  }
  adjacency = await adjacencyOf([...rows.values()]);
});

describe.each([
  ["fish oil", "MESH:D005395", "Raynaud's disease", "MESH:D011928", 1985],
  ["magnesium", "MESH:D008274", "migraine", "MESH:D008881", 1987],
])("from %s", (_, from, __, disease, asOf) => {
  const place = (rankers?: readonly Ranker[]) =>
    openDiscovery(adjacency, from, { first: 100, targetType: "Disease", asOf, rankers }).candidates.findIndex(
      ({ curie }) => curie === disease,
    ) + 1;

  it("finds %s among the first five, by default and by most rankers", () => {
    expect(place()).toBeGreaterThan(0);
    expect(place()).toBeLessThanOrEqual(5);
    const places = RANKERS.filter((ranker) => ranker !== "Learned").map(
      (ranker) => [ranker, place([ranker])] as const,
    );
    const first = places.filter(([, found]) => found > 0 && found <= 5);
    expect(first.length, JSON.stringify(places)).toBeGreaterThanOrEqual(4);
  });
});
