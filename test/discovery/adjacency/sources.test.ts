/** Questions of some kinds of source: what a graph of their evidence alone would say, as of any year. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BeliefRow, belief, kindWeights } from "../../../src/core/belief.js";
import { SOURCE_KINDS, type SourceKind } from "../../../src/core/evidence.js";
import type { Adjacency, AdjacencyRow } from "../../../src/discovery/adjacency/adjacency.js";
import { GraphView, type LinkFilter } from "../../../src/discovery/adjacency/graph-view.js";
import { openDiscovery } from "../../../src/discovery/open-discovery.js";
import { adjacencyOf, typeOfName } from "../../support/random-graph.js";

/** A row of evidence; a paper has one year. */
type Row = BeliefRow & { readonly year: number | undefined };

const NAMES = ["c1", "c2", "d1", "d2", "g1", "g2", "g3"];
const YEARS = [2000, 2001, 2002, undefined, 2003];
const evidence = fc
  .record({
    paper: fc.integer({ min: 0, max: 4 }),
    kind: fc.constantFrom(...SOURCE_KINDS),
    probability: fc.constantFrom(0.2, 0.5, 0.9, 1),
    negated: fc.boolean(),
  })
  .map(({ paper, kind, probability, negated }): Row => {
    const isDenial = negated && kind === "curator";
    const pmid = String(paper);
    return { pmid, probability, sourceKind: kind, retracted: false, negated: isDenial, year: YEARS[paper] };
  });
const relation = fc.record({
  ends: fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)).filter(([a, b]) => a < b),
  rows: fc.array(evidence, { minLength: 1, maxLength: 7 }),
});
const relations = fc.uniqueArray(relation, { selector: ({ ends }) => ends.join(), maxLength: 14 });
type Relations = (typeof relations extends fc.Arbitrary<infer Value> ? Value : never)[number][];

/** The graph of the evidence, as the database gives it. */
function graphOf(all: Relations): Promise<Adjacency> {
  return adjacencyOf(
    all.flatMap(({ ends: [subject, object], rows }): AdjacencyRow[] => {
      const believed = belief(rows);
      if (believed === 0) return [];
      const papers = kindWeights(rows).map(({ weight, row, stronger }) => ({
        ...{ weight, source: row.sourceKind, strongerSources: stronger },
        ...(row.year === undefined ? {} : { year: row.year }),
      }));
      const years = papers.flatMap(({ year }) => year ?? []);
      return [
        {
          ...{ subject, subjectType: typeOfName(subject), object, objectType: typeOfName(object) },
          ...{ type: "Association", belief: believed, papers },
          ...(years.length === 0 ? {} : { firstYear: Math.min(...years) }),
        },
      ];
    }),
  );
}

/** What is left of the evidence; denials stay, as they correct the others. */
function only(all: Relations, kinds: ReadonlySet<SourceKind>): Relations {
  return all.map(({ ends, rows }) => {
    // A denial counts against an affirmation of curators, so a paper that they leave undecided is settled here.
    const denied = new Set(rows.map(({ pmid }) => pmid).filter((pmid) => isDenied(rows, pmid)));
    return {
      ends,
      rows: rows.filter((row) => !denied.has(row.pmid) && !row.negated && kinds.has(row.sourceKind)),
    };
  });
}

function isDenied(rows: readonly Row[], pmid: string): boolean {
  const own = rows.filter((row) => row.pmid === pmid && row.sourceKind === "curator");
  return own.filter(({ negated }) => negated).length > own.filter(({ negated }) => !negated).length;
}

function said(adjacency: Adjacency, filter: LinkFilter) {
  const view = new GraphView(adjacency, filter);
  const name = (entity: number) => adjacency.curies[entity];
  return adjacency.curies
    .flatMap((curie, entity) =>
      view
        .links(entity)
        .flatMap(({ target }) =>
          view
            .relationsBetween(entity, target)
            .map(({ belief: believed, papers, firstYear }) => [
              curie,
              name(target),
              believed,
              papers,
              firstYear,
            ]),
        ),
    )
    .sort();
}

describe("a question of some kinds of source", () => {
  it("sees what a graph of their evidence alone says, belief to the last bit, as of any year", async () => {
    const kinds = fc.subarray([...SOURCE_KINDS], { minLength: 1 }).map((some) => new Set(some));
    const year = fc.constantFrom(undefined, 2000, 2001, 2003);
    await fc.assert(
      fc.asyncProperty(relations, kinds, year, async (all, sources, asOf) => {
        const [whole, alone] = [await graphOf(all), await graphOf(only(all, sources))];
        expect(said(whole, { sources, asOf })).toEqual(said(alone, { asOf }));
        expect(said(whole, { asOf })).toEqual(
          said(await graphOf(only(all, new Set(SOURCE_KINDS))), { asOf }),
        );
        const asked = { first: 10, asOf, rankers: ["BeliefPaths", "AdamicAdar"] as const };
        const named = (graph: Adjacency, filter: LinkFilter) =>
          openDiscovery(graph, "c1", { ...asked, ...filter }).candidates.map(({ curie, scores }) => [
            curie,
            ...scores.map(({ score }) => score.toFixed(12)),
          ]);
        expect(named(whole, { sources })).toEqual(named(alone, {}));
      }),
      { numRuns: 150 },
    );
  });
});
