/**
 * Small random graphs for property tests: relations whose papers have years and weights, and the same relations as they
 * would stand if only some of the papers existed. Entities are named by their type's letter: c1, d2, g3.
 */
import fc from "fast-check";
import { belief } from "../../src/core/belief.js";
import { type EntityType, RELATION_TYPES } from "../../src/core/relation-types.js";
import type { Adjacency, AdjacencyRow, PaperWeight } from "../../src/discovery/adjacency/adjacency.js";
import { buildAdjacency } from "../../src/discovery/adjacency/build-adjacency.js";

const TYPES: Readonly<Record<string, EntityType>> = { c: "Chemical", d: "Disease", g: "Gene", v: "Variant" };

/** The entity type that a name like g3 tells. */
export function typeOfName(name: string): EntityType {
  return TYPES[name.charAt(0)] ?? "Gene";
}

/** A relation of some papers; undefined where none is left. */
export function relationOfPapers(
  { subject, object, type }: Pick<AdjacencyRow, "subject" | "object" | "type">,
  papers: readonly PaperWeight[],
): AdjacencyRow | undefined {
  if (papers.length === 0) return undefined;
  const years = papers.flatMap(({ year }) => (year === undefined ? [] : [year]));
  return {
    subject,
    subjectType: typeOfName(subject),
    object,
    objectType: typeOfName(object),
    type,
    belief: belief(
      papers.map(({ weight }, index) => ({
        pmid: String(index),
        // A curator's word counts 0.99, so that the weight comes out as it went in up to rounding.
        probability: weight / 0.99,
        sourceKind: "curator",
        retracted: false,
        negated: false,
      })),
    ),
    ...(years.length === 0 ? {} : { firstYear: Math.min(...years) }),
    papers,
  };
}

/** Random relations, each pair and type once, of the years 2000 to 2005. */
export function randomRows(options: { entities?: number; most?: number } = {}): fc.Arbitrary<AdjacencyRow[]> {
  const { entities = 5, most = 60 } = options;
  const name = fc
    .tuple(fc.constantFrom("c", "d", "g", "v"), fc.integer({ min: 1, max: entities }))
    .map(([letter, number]) => `${letter}${number}`);
  // Weights that 0.99 divides and gives back to the last bit are not all weights; eighths of 0.99 are.
  const paper = fc
    .record({
      year: fc.option(fc.integer({ min: 2000, max: 2005 }), { nil: undefined, freq: 8 }),
      eighths: fc.integer({ min: 1, max: 8 }),
    })
    .map(
      ({ year, eighths }): PaperWeight => ({
        weight: (eighths / 8) * 0.99,
        ...(year === undefined ? {} : { year }),
      }),
    );
  const relation = fc.record({
    ends: fc.tuple(name, name).filter(([a, b]) => a !== b),
    type: fc.constantFrom(...RELATION_TYPES),
    papers: fc.array(paper, { minLength: 1, maxLength: 4 }),
  });
  const key = ({ ends, type }: { ends: readonly string[]; type: string }) => [...ends].sort().join() + type;
  return fc.uniqueArray(relation, { selector: key, maxLength: most }).map((relations) =>
    relations.flatMap(({ ends, type, papers }) => {
      const [subject, object] = [...ends].sort() as [string, string];
      return relationOfPapers({ subject, object, type }, papers) ?? [];
    }),
  );
}

/** The relations as they stood at the end of a year. */
export function rowsAsOf(rows: readonly AdjacencyRow[], year: number): AdjacencyRow[] {
  return rows.flatMap((row) => {
    const papers = (row.papers ?? []).filter((paper) => paper.year !== undefined && paper.year <= year);
    return relationOfPapers(row, papers) ?? [];
  });
}

/** Builds an adjacency from rows in their order. */
export function adjacencyOf(rows: readonly AdjacencyRow[]): Promise<Adjacency> {
  return buildAdjacency(async function* () {
    yield* rows;
  });
}
