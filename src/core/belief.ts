/**
 * Belief: how sure the papers together make a relation. It counts papers, not repeats:
 * 1 − Π over papers (1 − probability × reliability of the source), the best row of each paper. A paper of which more
 * curators deny than affirm that it says so counts nothing.
 */
import type { SourceKind } from "./evidence.js";

/** Share of a source's assertions taken to be right, from the field's inter-annotator and extraction figures. */
export const RELIABILITY: Readonly<Record<SourceKind, number>> = {
  curator: 0.99,
  corpus: 0.95,
  pubtator3: 0.8,
  model: 0.9,
};

/** What belief needs to know of an evidence row. */
export interface BeliefRow {
  readonly pmid: string;
  readonly probability: number;
  readonly sourceKind: SourceKind;
  readonly retracted: boolean;
  readonly negated: boolean;
}

/** Belief in 0–1. Retracted papers and negated rows count nothing; no row gives 0. */
export function belief(rows: readonly BeliefRow[]): number {
  // Sorted, so that the product does not depend on the order of loading.
  const doubts = paperWeights(rows)
    .map(({ weight }) => weight)
    .sort((a, b) => a - b)
    .map((weight) => 1 - weight);
  return 1 - doubts.reduce((product, doubt) => product * doubt, 1);
}

/** What one kind of source contributes of a paper. */
interface KindWeight<Row> {
  readonly weight: number;
  /** Its best row. */
  readonly row: Row;
  /** Kinds that say the same of the same paper more strongly; of a belief from all sources, those alone count. */
  readonly stronger: readonly SourceKind[];
}

/**
 * What each kind of source contributes of each paper that counts: belief from some kinds alone is made of those that have none
 * of them before it. Curators' denials hold whatever kinds are asked for: they correct the others.
 */
export function kindWeights<Row extends BeliefRow>(rows: readonly Row[]): KindWeight<Row>[] {
  const counting = new Set(paperWeights(rows).map(({ row }) => row.pmid));
  const best = new Map<string, Map<SourceKind, { weight: number; row: Row }>>();
  for (const row of rows) {
    if (row.retracted || row.negated || !counting.has(row.pmid)) continue;
    const ofPaper = best.get(row.pmid) ?? new Map<SourceKind, { weight: number; row: Row }>();
    best.set(row.pmid, ofPaper);
    const weight = weightOf(row);
    if (weight > (ofPaper.get(row.sourceKind)?.weight ?? -1)) ofPaper.set(row.sourceKind, { weight, row });
  }
  return [...best.values()].flatMap((ofPaper) => {
    const falling = [...ofPaper.values()].sort((a, b) => b.weight - a.weight);
    const kinds = falling.map(({ row }) => row.sourceKind);
    return falling.map((one, place) => ({ ...one, stronger: kinds.slice(0, place) }));
  });
}

/** What each paper that counts contributes to belief: probability × reliability of its best row, which is given too. */
export function paperWeights<Row extends BeliefRow>(rows: readonly Row[]): { weight: number; row: Row }[] {
  const best = new Map<string, { weight: number; row: Row }>();
  const denials = new Map<string, number>();
  for (const row of rows) {
    if (row.sourceKind === "curator") {
      denials.set(row.pmid, (denials.get(row.pmid) ?? 0) + (row.negated ? 1 : -1));
    }
    if (row.retracted || row.negated) continue;
    const weight = weightOf(row);
    if (weight > (best.get(row.pmid)?.weight ?? -1)) best.set(row.pmid, { weight, row });
  }
  return [...best.values()].filter(({ row }) => (denials.get(row.pmid) ?? 0) <= 0);
}

function weightOf({ probability, sourceKind }: BeliefRow): number {
  return probability * RELIABILITY[sourceKind];
}
