/**
 * How a relation's belief comes from its papers: one minus the product of each paper's doubt, a paper by its best row.
 * The graph's rule (docs/api.md), worked out again from what the API gives, so that a reader can check the number.
 */
import type { GraphEvidenceFragment, SourceKind } from "../../../generated/documents.js";

/** A paper's part in a belief. */
export interface PaperPart {
  readonly pmid: string;
  /** The row that counts, or the best of those that do not. */
  readonly best: GraphEvidenceFragment;
  readonly rows: readonly GraphEvidenceFragment[];
  /** Probability × reliability of the best row; 0 where the paper counts nothing. */
  readonly weight: number;
}

/** Share of a source's assertions taken to be right, as the graph takes it. */
export type Reliability = Readonly<Record<SourceKind, number>>;

/** The papers, those that add most first. */
export function decompose(rows: readonly GraphEvidenceFragment[], reliability: Reliability): PaperPart[] {
  const byPaper = new Map<string, GraphEvidenceFragment[]>();
  for (const row of rows) byPaper.set(row.pmid, [...(byPaper.get(row.pmid) ?? []), row]);
  return [...byPaper]
    .flatMap(([pmid, ofPaper]) => {
      const weighed = ofPaper.map((row) => ({ row, weight: weightOf(row, reliability) }));
      const [best] = weighed.sort((a, b) => b.weight - a.weight);
      return best === undefined ? [] : [{ pmid, best: best.row, rows: ofPaper, weight: best.weight }];
    })
    .sort((a, b) => b.weight - a.weight);
}

/** The belief that the papers make together, 0 to 1. */
export function beliefOf(parts: readonly PaperPart[]): number {
  return 1 - parts.reduce((doubt, { weight }) => doubt * (1 - weight), 1);
}

function weightOf(row: GraphEvidenceFragment, reliability: Reliability): number {
  if (row.negated || row.publication.retracted) return 0;
  return row.probability * reliability[row.sourceKind];
}
