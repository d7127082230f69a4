/**
 * What all the evidence of a relation makes of it: belief by core's rule, papers, years and sources.
 */
import { z } from "zod";
import { type BeliefRow, belief, paperWeights } from "../../core/belief.js";
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

/** The figures that a relation carries. Papers and years are of what counts: not retracted, not negated, not denied. */
interface RelationStrength {
  readonly belief: number;
  readonly papers: number;
  readonly firstYear: number | null;
  readonly lastYear: number | null;
  /** Everybody who asserts it, in alphabetical order. */
  readonly sources: readonly string[];
}

/** The strength that these rows give; their order does not matter. */
export function relationStrength(rows: readonly SupportRow[]): RelationStrength {
  const counting = paperWeights(rows);
  const years = counting.flatMap(({ row: { year } }) => (year === null ? [] : [year]));
  return {
    belief: belief(rows),
    papers: counting.length,
    firstYear: years.length === 0 ? null : Math.min(...years),
    lastYear: years.length === 0 ? null : Math.max(...years),
    sources: [...new Set(rows.map((row) => row.source))].sort(),
  };
}
