/**
 * Writes one table for Neo4j's importer: rows as CSV, each value checked as it goes, since the importer passes some bad ones by
 * without a word. Ends with the number of rows, which the import's report must confirm.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { BioWeftError } from "../../core/errors.js";
import type { Row } from "../neo4j/database.js";
import { type Column, headerOf, type Table } from "./tables.js";

/** Between the elements of a list: a character that no text holds, as the importer knows no way to escape it. */
export const LIST_SEPARATOR = "\u001f";
const FLUSH_LENGTH = 1 << 20;

/** A table's file, open for rows. */
export class TableWriter {
  /** Rows written. */
  rows = 0;
  /** The longest row, in UTF-16 code units. */
  longest = 0;
  /** Whether a text goes over several lines, which the importer must be told. */
  hasLineBreaks = false;
  readonly header: string;
  private readonly file: number;
  private buffer: string[] = [];
  private buffered = 0;

  constructor(
    readonly path: string,
    readonly name: string,
    readonly table: Table,
  ) {
    this.header = headerOf(name, table);
    this.file = openSync(path, "w");
    this.push(`${this.header}\n`);
  }

  /** Adds a row. Throws BAD_INPUT for an empty identifier, and for lists that the importer cannot take. */
  write(row: Row): void {
    let line = "";
    for (const column of this.table.columns) line += (line === "" ? "" : ",") + this.cell(column, row);
    if (line.length > this.longest) this.longest = line.length;
    this.rows += 1;
    if (!this.hasLineBreaks && /[\r\n]/.test(line)) this.hasLineBreaks = true;
    this.push(`${line}\n`);
  }

  /** Writes out what is left and closes the file; may be called again. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.flush();
    closeSync(this.file);
  }

  private isClosed = false;

  private cell({ field, form }: Column, row: Row): string {
    const value = row[field];
    switch (form) {
      case "id":
      case "start":
      case "end":
      case "label":
      case "type":
        if (typeof value === "string" && value !== "") return quoted(value);
        throw this.bad(field, "is empty, and names nothing", row);
      case "string[]":
        return this.list(field, value as readonly string[], row);
      case "long[]":
      case "double[]":
        return quotedOrNothing((value as readonly number[]).join(LIST_SEPARATOR));
      case "string":
        return value === null || value === undefined ? "" : quoted(String(value));
      default:
        return value === null || value === undefined ? "" : String(value);
    }
  }

  private list(field: string, values: readonly string[], row: Row): string {
    if (values.length === 0) return "";
    const joined = values.join(LIST_SEPARATOR);
    const isWhole = joined !== "" && joined.split(LIST_SEPARATOR).length === values.length;
    if (isWhole) return quoted(joined);
    throw this.bad(field, "holds an empty text or the control character U+001F in a list", row);
  }

  private bad(field: string, reason: string, row: Row): BioWeftError {
    const of = String(row["id"] ?? row["pmid"] ?? row["curie"]);
    return new BioWeftError(
      "BAD_INPUT",
      `${field} of ${this.name} "${of}" ${reason}; mend it, or load without the importer`,
    );
  }

  private push(line: string): void {
    this.buffer.push(line);
    this.buffered += line.length;
    if (this.buffered >= FLUSH_LENGTH) this.flush();
  }

  private flush(): void {
    writeSync(this.file, this.buffer.join(""));
    this.buffer = [];
    this.buffered = 0;
  }
}

function quoted(text: string): string {
  return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;
}

function quotedOrNothing(text: string): string {
  return text === "" ? "" : quoted(text);
}
