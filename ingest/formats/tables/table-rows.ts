/**
 * Streams the rows of a tab-separated table without a header, each with its place in the file. A row with
 * another number of columns than the table has is refused.
 */
import { BioWeftError } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { readLines, type TextLine } from "../reading/text-lines.js";

/** One row; lines count from 1. */
export interface TableRow {
  readonly file: string;
  readonly line: number;
  readonly columns: readonly string[];
}

/** Reads a table's rows. Throws BAD_INPUT with file and line for a wrong row, NOT_FOUND for no file. */
export async function* readRows(
  file: string,
  columns: number,
  options: ReadOptions = {},
): AsyncGenerator<TableRow> {
  for await (const row of readLines(file)) {
    const { number: line, text, fault } = row;
    if (text === "" && fault === undefined) continue;
    const reason = cellsFault(row, columns);
    if (reason === undefined) yield { file, line, columns: text.split("\t") };
    else reject(new BioWeftError("BAD_INPUT", reason, { place: { file, line } }), options);
  }
}

/** Why a line is no row of a table with so many columns; undefined where it is one. */
export function cellsFault({ text, fault }: TextLine, columns: number): string | undefined {
  const cells = text.split("\t").length;
  if (fault !== undefined || cells === columns) return fault;
  return `a row of this table has ${columns} columns, not ${cells}`;
}
