/**
 * What the evidence of a relation makes of it: belief by core's rule, papers, years and sources. It is worked out from a tally,
 * which a change of some evidence changes without a look at the rest: the same figures to the last digit, whatever the order.
 */
import { z } from "zod";
import { type BeliefRow, paperWeights } from "../../core/belief.js";
import { SOURCE_KINDS } from "../../core/evidence.js";

/** A relation with the evidence behind it, as `support-of-relations` gives it. */
export const supportedRelation = z.object({
  id: z.string(),
  rows: z.array(
    z.object({
      pmid: z.string(),
      probability: z.number(),
      sourceKind: z.enum(SOURCE_KINDS),
      source: z.string(),
      negated: z.boolean(),
      retracted: z.boolean(),
      year: z.nullable(z.number()),
    }),
  ),
});

/** A row of evidence as far as its relation's strength is concerned. */
export interface SupportRow extends BeliefRow {
  readonly source: string;
  readonly year: number | null;
}

/** How many papers count with a weight, how many of them are of a year, and how many rows a source has. */
export interface RelationTally {
  readonly weights: ReadonlyMap<number, number>;
  readonly years: ReadonlyMap<number, number>;
  readonly sources: ReadonlyMap<string, number>;
}

/** The figures that a relation carries. Papers and years are of what counts: not retracted, not negated, not denied. */
interface RelationStrength {
  readonly belief: number;
  readonly papers: number;
  readonly firstYear: number | null;
  readonly lastYear: number | null;
  /** Everybody who asserts it, in alphabetical order. */
  readonly sources: readonly string[];
  /** The tally as lists side by side, each in order. */
  readonly weights: readonly number[];
  readonly weightPapers: readonly number[];
  readonly years: readonly number[];
  readonly yearPapers: readonly number[];
  readonly sourceRows: readonly number[];
}

/** The tally of no evidence. */
export const EMPTY_TALLY: RelationTally = { weights: new Map(), years: new Map(), sources: new Map() };

/** The tally after rows took the place of others; both hold all rows of every paper that they speak of. */
export function changeTally(
  tally: RelationTally,
  before: readonly SupportRow[],
  after: readonly SupportRow[],
): RelationTally {
  const changed = {
    weights: new Map(tally.weights),
    years: new Map(tally.years),
    sources: new Map(tally.sources),
  };
  for (const [rows, change] of [
    [after, 1],
    [before, -1],
  ] as const) {
    for (const { weight, row } of paperWeights(rows)) {
      count(changed.weights, weight, change);
      if (row.year !== null) count(changed.years, row.year, change);
    }
    for (const { source } of rows) count(changed.sources, source, change);
  }
  return changed;
}

/** The strength that a tally gives: 1 − Π (1 − weight) over its papers, in the order of their weights. */
export function tallyStrength(tally: RelationTally): RelationStrength {
  const weights = sorted(tally.weights, (a, b) => a - b);
  const years = sorted(tally.years, (a, b) => a - b);
  const sources = sorted(tally.sources, (a, b) => (a < b ? -1 : 1));
  let doubt = 1;
  // One factor a paper, as core has it: a power would differ in the last digit.
  for (const [weight, papers] of weights) for (let paper = 0; paper < papers; paper++) doubt *= 1 - weight;
  return {
    belief: 1 - doubt,
    papers: weights.reduce((sum, [, papers]) => sum + papers, 0),
    firstYear: years[0]?.[0] ?? null,
    lastYear: years.at(-1)?.[0] ?? null,
    sources: sources.map(([source]) => source),
    weights: weights.map(([weight]) => weight),
    weightPapers: weights.map(([, papers]) => papers),
    years: years.map(([year]) => year),
    yearPapers: years.map(([, papers]) => papers),
    sourceRows: sources.map(([, rows]) => rows),
  };
}

/** The strength that these rows give; their order does not matter. */
export function relationStrength(rows: readonly SupportRow[]): RelationStrength {
  return tallyStrength(changeTally(EMPTY_TALLY, [], rows));
}

function count<Key>(counts: Map<Key, number>, key: Key, change: number): void {
  const now = (counts.get(key) ?? 0) + change;
  if (now === 0) counts.delete(key);
  else counts.set(key, now);
}

function sorted<Key>(
  counts: ReadonlyMap<Key, number>,
  order: (a: Key, b: Key) => number,
): (readonly [Key, number])[] {
  return [...counts].sort(([a], [b]) => order(a, b));
}
