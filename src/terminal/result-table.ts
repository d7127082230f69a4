/** What an experiment gives: a table of ours beside the paper's, for people and as JSON. */
import { required } from "../core/required.js";

/** A cell: a number with the paper's where it has one, or words. */
type ResultCell = string | number | undefined;

/** A table; each row's cells stand in the order of `columns`. Figures are F1 in percent unless a column says else. */
export interface ResultTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ResultCell[])[];
  /** What must be known to read it. */
  readonly notes: readonly string[];
}

/** Lines of a table for people: numbers with one decimal, a dash where there is nothing. */
export function tableLines({ title, columns, rows, notes }: ResultTable): string[] {
  // A column of figures has one decimal throughout, a column of counts none.
  const fractional = columns.map((_, column) => rows.some((row) => isFraction(row[column])));
  const texts = rows.map((row) => row.map((cell, column) => cellText(cell, fractional[column] === true)));
  const cells = [[...columns], ...texts];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const widthOf = (column: number) => required(widths[column], `the width of column ${column}`);
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widthOf(0)) : cell.padStart(widthOf(column))))
      .join("  ")
      .trimEnd();
  return [title, ...cells.map(line), ...notes.map((note) => `note: ${note}`)];
}

/** A fraction as a percentage with one decimal. */
export function percent(fraction: number): number {
  return Math.round(1000 * fraction) / 10;
}

function isFraction(cell: ResultCell): boolean {
  return typeof cell === "number" && !Number.isInteger(cell);
}

function cellText(cell: ResultCell, fractional: boolean): string {
  if (cell === undefined) return "-";
  return typeof cell === "string" ? cell : cell.toFixed(fractional ? 1 : 0);
}
