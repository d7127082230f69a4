/**
 * Streams the nodes or edges of a KGX graph, tables or lines of JSON by the file's name, each with its place. Cells of lists are
 * parted by bars; what a row means stands in read-kgx.ts.
 */
import { BioWeftError } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { readLines } from "../reading/text-lines.js";

/** A row by the names of its properties; cells of a table are text. */
interface KgxRow {
  readonly line: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Cells that are lists where they stand in a table. */
const LISTS: ReadonlySet<string> = new Set(["category", "synonym", "publications", "sources"]);

/** The rows. Throws BAD_INPUT with file and line, NOT_FOUND for no file. */
export async function* readKgxRows(file: string, options: ReadOptions): AsyncGenerator<KgxRow> {
  const isTable = /\.tsv(\.gz)?$/.test(file);
  let names: readonly string[] | undefined;
  for await (const { number: line, text, fault } of readLines(file)) {
    try {
      if (fault !== undefined) throw new BioWeftError("BAD_INPUT", fault, { place: { file, line } });
      if (text === "") continue;
      if (!isTable) yield { line, properties: jsonRow(text, { file, line }) };
      else if (names === undefined) names = text.split("\t");
      else yield { line, properties: tableRow(names, text.split("\t"), { file, line }) };
    } catch (fault) {
      reject(fault, options);
    }
  }
}

function jsonRow(text: string, place: { file: string; line: number }): KgxRow["properties"] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new BioWeftError("BAD_INPUT", "no JSON object; a KGX file has one a line", { place });
}

function tableRow(
  names: readonly string[],
  cells: readonly string[],
  place: { file: string; line: number },
): KgxRow["properties"] {
  if (cells.length !== names.length) {
    const reason = `the row has ${cells.length} cells, the header ${names.length}`;
    throw new BioWeftError("BAD_INPUT", reason, { place });
  }
  const known = names.flatMap((name, index): [string, unknown][] => {
    const cell = cells[index] ?? "";
    if (cell === "") return [];
    if (name === "evidence" && cell.startsWith("[")) return [[name, evidenceCell(cell, place)]];
    return [[name, LISTS.has(name) ? cell.split("|") : cell]];
  });
  return Object.fromEntries(known);
}

function evidenceCell(cell: string, place: { file: string; line: number }): unknown {
  try {
    return JSON.parse(cell);
  } catch (cause) {
    throw new BioWeftError("BAD_INPUT", "evidence: no valid JSON", { place, cause });
  }
}
