/**
 * Tables as files: TSV and JSON, each with the question that made it.
 */
import { type Asked, toGraphqlText } from "./asked.js";

/** One column of a table: its name in the file, and what stands in it. */
export interface Column<Row> {
  readonly name: string;
  readonly value: (row: Row) => string | number | boolean | null | undefined;
}

/** Tab-separated; lines that begin with # say which question made it. Tabs and line breaks in a value become spaces. */
export function toTsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[], asked: Asked): string {
  const comment = toGraphqlText(asked)
    .trimEnd()
    .split("\n")
    .map((line) => `# ${line}`);
  const header = columns.map(({ name }) => name).join("\t");
  const lines = rows.map((row) => columns.map(({ value }) => toCell(value(row))).join("\t"));
  return `${[...comment, header, ...lines].join("\n")}\n`;
}

/** One JSON value: the question and the rows as named values. */
export function toJson<Row>(columns: readonly Column<Row>[], rows: readonly Row[], asked: Asked): string {
  const named = rows.map((row) =>
    Object.fromEntries(columns.map(({ name, value }) => [name, value(row) ?? null])),
  );
  const question = { query: asked.document.toString().trim(), variables: asked.variables };
  return `${JSON.stringify({ ...question, rows: named }, null, 2)}\n`;
}

function toCell(value: string | number | boolean | null | undefined): string {
  return String(value ?? "").replace(/[\t\r\n]+/g, " ");
}
