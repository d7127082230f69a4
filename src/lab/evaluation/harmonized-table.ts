/**
 * The table of `bioweft harmonize` for people: our counts beside the paper's, then classes, what was left out
 * and why, and why the counts differ.
 */
import type { CorpusCounts } from "../../../ingest/harmonize/harmonized-counts.js";
import { required } from "../../core/required.js";

const HEAD = ["corpus", "adjustments", "documents", "abstracts", "paper", "relations", "paper", "dropped"];

/** The table's lines. */
export function harmonizedTable(rows: readonly CorpusCounts[]): string[] {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const table = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(required(widths[column], "the width of a column")))
      .join("  ")
      .trimEnd(),
  );
  return [...table, "", ...rows.flatMap(notesOf)];
}

function cellsOf(row: CorpusCounts): string[] {
  const { corpus, adjustments, documents, abstracts, relations, leaks, paper } = row;
  return [
    ...[corpus, adjustments, String(documents), String(abstracts), String(paper?.abstracts ?? "-")],
    ...[String(relations), String(paper?.relations ?? "-"), String(leaks)],
  ];
}

function notesOf(row: CorpusCounts): string[] {
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  const { paper } = row;
  const differs =
    paper !== undefined && (paper.abstracts !== row.abstracts || paper.relations !== row.relations);
  return [
    `${row.corpus}: candidates ${list(row.candidates).join(", ")}`,
    ...list(row.rejectedRelations).map((line) => `  relations left out: ${line}`),
    ...(row.rejectedDocuments > 0 ? [`  broken documents left out: ${row.rejectedDocuments}`] : []),
    ...(differs ? [`  differs from the paper: ${paper.differs}`] : []),
  ];
}
