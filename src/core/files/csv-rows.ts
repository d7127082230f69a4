/**
 * Comma-separated values (RFC 4180): lines of fields, quoted where they hold a comma, a quote or a line end.
 */
import { BioWeftError } from "../errors.js";

/** A line with its end; null is an empty field. */
export function toCsvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map((field) => quoted(field === null ? "" : String(field))).join(",")}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line's fields, and where it began. */
interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

// A field in quotes, or one without; then what ends it.
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** The rows of a text, empty lines left out. Throws BAD_INPUT, with the line, for quotes that do not close. */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let [line, begun, fields] = [1, 1, [] as string[]];
  for (FIELD.lastIndex = 0; FIELD.lastIndex < text.length || fields.length > 0; ) {
    const found = FIELD.exec(text);
    if (found === null) {
      throw new BioWeftError(
        "BAD_INPUT",
        "a quote is not closed, or stands inside a field; double it there",
        {
          place: { line },
        },
      );
    }
    const [whole, inQuotes, plain = "", end = ""] = found;
    fields.push(inQuotes?.replaceAll('""', '"') ?? plain.trim());
    line += whole.split("\n").length - 1;
    if (end === ",") continue;
    if (fields.some((field) => field !== "")) rows.push({ line: begun, fields });
    [begun, fields] = [line, []];
  }
  return rows;
}
