/**
 * Streams the rows of a tab-separated table without a header, each with its place in the file. A row with
 * another number of columns than the table has is refused.
 */
import { BioWeftError } from "../../src/core/errors.js";
import { type ReadOptions, reject } from "./read-options.js";
import { readLines } from "./text-lines.js";

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
  for await (const { number: line, text, fault } of readLines(file)) {
    if (text === "" && fault === undefined) continue;
    const cells = text.split("\t");
    if (fault === undefined && cells.length === columns) {
      yield { file, line, columns: cells };
      continue;
    }
    const reason = fault ?? `a row of this table has ${columns} columns, not ${cells.length}`;
    reject(new BioWeftError("BAD_INPUT", reason, { place: { file, line } }), options);
  }
}
