/**
 * Statements of cypher/write as text that any Neo4j runs: their rows written into them as literals. No statement is made
 * here; what is written is data.
 */
import { BioWeftError } from "../../core/errors.js";
import { readMigrations, schemaStatements } from "../neo4j/migrations.js";
import { statementByName } from "../neo4j/statements.js";

type Values = Readonly<Record<string, unknown>>;

/** Rows of one statement. */
const BATCH = 500;

/**
 * What parts fields, rows and the items of a list, and what stands for null. A value that holds one of them is written as a
 * literal of its own.
 */
const [FIELD, LINE, ITEM, NULL] = ["\t", "\n", "\u001f", "\u0001"] as const;
const PARTING = [FIELD, LINE, ITEM, NULL];

/**
 * The statement with these rows, cut into batches; nothing without rows.
 * subtle: the rows are one text that the statement takes apart. As a list of maps Neo4j would plan each value by itself: 0.1 s
 * a row when it was measured, where a text costs nothing, and the plan is found again for the next batch.
 */
export function statementText(name: string, rows: readonly Values[]): string {
  const text = withoutComments(statementByName(name).text);
  const batches: string[] = [];
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    const unwound = canBeText(batch) ? unwoundText(batch) : unwoundMaps(batch);
    // A function, as a replacement's text would take $ for a place of its own.
    batches.push(`${text.replace("UNWIND $rows AS row", () => unwound)};\n`);
  }
  return batches.join("");
}

function canBeText(rows: readonly Values[]): boolean {
  const isPlain = (value: unknown) =>
    typeof value !== "string" || PARTING.every((sign) => !value.includes(sign));
  return rows.every((row) => Object.values(row).flat().every(isPlain));
}

function unwoundMaps(rows: readonly Values[]): string {
  return `UNWIND [\n${rows.map((row) => `  ${cypherLiteral(row)}`).join(",\n")}\n] AS row`;
}

function unwoundText(rows: readonly Values[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
  const lines = rows.map((row) => columns.map((column) => fieldText(row[column])).join(FIELD));
  const fields = columns.map((column, index) => {
    const values = rows.map((row) => row[column]).filter((value) => value !== null && value !== undefined);
    const read = readAs(values, `c[${index}]`);
    return `${column}: CASE c[${index}] WHEN ${cypherLiteral(NULL)} THEN null ELSE ${read} END`;
  });
  return [
    `UNWIND split(${cypherLiteral(lines.join(LINE))}, ${cypherLiteral(LINE)}) AS line`,
    `WITH split(line, ${cypherLiteral(FIELD)}) AS c`,
    `WITH {\n  ${fields.join(",\n  ")}\n} AS row`,
  ].join("\n");
}

function fieldText(value: unknown): string {
  if (value === null || value === undefined) return NULL;
  // An item ends with its sign, so that no item and one empty item differ.
  return Array.isArray(value) ? value.map((one) => `${one}${ITEM}`).join("") : String(value);
}

/** How a column's field becomes its value again, by what its values are. */
function readAs(values: readonly unknown[], field: string): string {
  if (values.some(Array.isArray)) {
    const items = `split(${field}, ${cypherLiteral(ITEM)})[..-1]`;
    const read = readAs(values.flat(), "item");
    return read === "item" ? items : `[item IN ${items} | ${read}]`;
  }
  if (values.length === 0 || values.some((value) => typeof value === "string")) return field;
  if (values.every((value) => typeof value === "boolean")) return `toBoolean(${field})`;
  return values.every(Number.isInteger) ? `toInteger(${field})` : `toFloat(${field})`;
}

/** The constraints and indexes of the migrations, which loading needs to be fast, and which a reader waits for. */
export function schemaText(): string {
  const statements = readMigrations().flatMap(schemaStatements);
  return [...statements, "CALL db.awaitIndexes(300)"].map((statement) => `${statement};\n`).join("");
}

/** A value as a literal. Throws INTERNAL for what Cypher has none for. */
function cypherLiteral(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value === "string") return stringLiteral(value);
  if (Array.isArray(value)) return `[${value.map(cypherLiteral).join(", ")}]`;
  if (typeof value === "object") {
    const known = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
    return `{${known.map(([name, one]) => `${name}: ${cypherLiteral(one)}`).join(", ")}}`;
  }
  throw new BioWeftError("INTERNAL", `Cypher has no literal for ${typeof value} ${String(value)}`);
}

/**
 * subtle: Cypher reads `\uXXXX` before it looks at anything else, an escaped backslash in front of it too, so that a text
 * in which a backslash stands before a u is joined of two.
 */
function stringLiteral(text: string): string {
  return text
    .split(/(?<=\\)(?=u)/)
    .map((part) => JSON.stringify(part))
    .join(" + ");
}

function withoutComments(text: string): string {
  return text
    .split("\n")
    .filter((line) => !line.startsWith("//"))
    .join("\n")
    .trim();
}
