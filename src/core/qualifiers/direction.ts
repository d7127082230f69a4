/**
 * What the papers behind a relation together say of its direction: each paper speaks once, by the row that weighs
 * most, and says what it says as surely as its probabilities are; the rest of its word is shared by the other answers.
 */
import { RELIABILITY } from "../belief.js";
import type { SourceKind } from "../evidence.js";

/** What is needed to know of an evidence row that names a subject, or says that neither end is one (null). */
export interface DirectionRow {
  readonly pmid: string;
  readonly probability: number;
  readonly sourceKind: SourceKind;
  readonly subject: string | null;
  readonly subjectProbability: number;
}

/** The direction of a relation. */
export interface RelationDirection {
  /** CURIE of the end that acts; null where the papers rather say that neither does. */
  readonly subject: string | null;
  /** Share of the papers' weight that says so, 0 to 1. */
  readonly confidence: number;
  /** Papers that say so rather than anything else. */
  readonly papers: number;
}

/** First end, second end, neither. */
const ANSWERS = 3;

/** The answer that has the most weight; undefined without rows. */
export function relationDirection(rows: readonly DirectionRow[]): RelationDirection | undefined {
  const papers = new Map<string, DirectionRow>();
  for (const row of rows) {
    const other = papers.get(row.pmid);
    if (other === undefined || weightOf(row) > weightOf(other)) papers.set(row.pmid, row);
  }
  // Sorted, so that nothing depends on the order of loading.
  const words = [...papers.values()].sort((a, b) => (a.pmid < b.pmid ? -1 : 1));
  const total = words.reduce((sum, row) => sum + weightOf(row), 0);
  const answers = [...new Set(words.map(({ subject }) => subject))].map((subject) => ({
    subject,
    confidence: words.reduce((sum, row) => sum + weightOf(row) * shareOf(row, subject), 0) / total,
    papers: words.filter((row) => row.subject === subject).length,
  }));
  return answers.sort(
    (a, b) => b.confidence - a.confidence || (String(a.subject) < String(b.subject) ? -1 : 1),
  )[0];
}

function weightOf({ probability, sourceKind }: DirectionRow): number {
  return probability * RELIABILITY[sourceKind];
}

function shareOf({ subject, subjectProbability }: DirectionRow, answer: string | null): number {
  return subject === answer ? subjectProbability : (1 - subjectProbability) / (ANSWERS - 1);
}
