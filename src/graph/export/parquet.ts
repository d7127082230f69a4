/**
 * The graph as Parquet, nodes and edges apart, for DuckDB, pandas, Spark and the like. A row group is written as soon as it
 * is full; what every group holds stands at the end of the file, so that a Parquet file cannot be gone on with.
 */
import { ByteWriter, type ColumnSource, ParquetWriter } from "hyparquet-writer";
import { BIOLINK_CATEGORIES, BIOLINK_PREDICATES } from "../../core/biolink/biolink.js";
import { BioWeftError } from "../../core/errors.js";
import type { ExportForm, ExportPart, ExportPiece } from "./export-form.js";
import {
  type ExportedPage,
  type ExportedRelation,
  type ExportSource,
  exportedEntities,
  exportedRelations,
} from "./exported-graph.js";

type ColumnType = "STRING" | "DOUBLE" | "INT32" | "LIST" | "JSON";
type Columns<T> = Readonly<Record<string, readonly [ColumnType, (row: T) => unknown]>>;

/** Rows of one group; what is not written yet stays in memory. */
const GROUP_ROWS = 20_000;

/** Parquet, two files. */
export const PARQUET: ExportForm = {
  name: "parquet",
  description: "Parquet for DuckDB, pandas and Spark: nodes and edges",
  shows: "graph",
  parts: [
    part("nodes", "_nodes.parquet", exportedEntities, {
      id: ["STRING", ({ curie }) => curie],
      type: ["STRING", ({ type }) => type],
      category: ["STRING", ({ type }) => BIOLINK_CATEGORIES[type]],
      name: ["STRING", ({ name }) => name],
      synonyms: ["LIST", ({ synonyms }) => synonyms],
    }),
    part("edges", "_edges.parquet", exportedRelations, {
      id: ["STRING", ({ id }) => id],
      subject: ["STRING", ({ subject }) => subject],
      type: ["STRING", ({ type }) => type],
      predicate: ["STRING", ({ type }) => BIOLINK_PREDICATES[type]],
      object: ["STRING", ({ object }) => object],
      belief: ["DOUBLE", ({ belief }) => belief],
      papers: ["INT32", ({ papers }) => papers],
      first_year: ["INT32", ({ firstYear }) => firstYear],
      last_year: ["INT32", ({ lastYear }) => lastYear],
      acting_end: ["STRING", ({ acting }) => acting],
      sources: ["LIST", ({ sources }) => sources],
      pmids: ["LIST", supporting],
      evidence: ["JSON", ({ evidence }) => evidence.map(({ id: _, ...row }) => row)],
    }),
  ],
};

function part<T>(
  name: string,
  suffix: string,
  pages: (source: ExportSource, after: string) => AsyncGenerator<ExportedPage<T>>,
  columns: Columns<T>,
): ExportPart {
  return {
    ...{ name, suffix, mediaType: "application/vnd.apache.parquet", isResumable: false },
    pieces(source, after) {
      if (after === undefined) return parquetPieces(pages(source, ""), columns);
      throw new BioWeftError(
        "BAD_INPUT",
        "a Parquet file cannot be gone on with; ask for it from its beginning",
      );
    },
  };
}

async function* parquetPieces<T>(
  pages: AsyncIterable<ExportedPage<T>>,
  columns: Columns<T>,
): AsyncGenerator<ExportPiece> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: "bioweft" });
  let waiting: T[] = [];
  const group = (): ExportPiece => {
    const rows = waiting.length;
    writer.write({ columnData: columnsOf(columns, waiting), rowGroupSize: GROUP_ROWS });
    waiting = [];
    return { content: taken(bytes), rows };
  };
  for await (const { rows } of pages) {
    waiting.push(...rows);
    if (waiting.length >= GROUP_ROWS) yield group();
  }
  if (waiting.length > 0) yield group();
  writer.finish();
  yield { content: taken(bytes), rows: 0 };
}

/** What was written since it was last taken. */
function taken(bytes: ByteWriter): Uint8Array {
  const content = bytes.getBytes().slice();
  bytes.index = 0;
  return content;
}

function supporting({ evidence }: ExportedRelation): string[] {
  return [...new Set(evidence.flatMap(({ negated, pmid }) => (negated ? [] : [pmid])))];
}

function columnsOf<T>(columns: Columns<T>, rows: readonly T[]): ColumnSource[] {
  return Object.entries(columns).map(([name, [, toValue]]) => ({ name, data: rows.map(toValue) }));
}

type Schema = ConstructorParameters<typeof ParquetWriter>[0]["schema"];

function schemaOf<T>(columns: Columns<T>): Schema {
  const named = Object.entries(columns);
  return [
    { name: "root", num_children: named.length },
    ...named.flatMap(([name, [type]]) => elementsOf(name, type)),
  ];
}

function elementsOf(name: string, type: ColumnType): Schema {
  if (type === "DOUBLE" || type === "INT32") return [{ name, type, repetition_type: "OPTIONAL" }];
  const text = { type: "BYTE_ARRAY", converted_type: type === "JSON" ? "JSON" : "UTF8" } as const;
  if (type !== "LIST") return [{ name, ...text, repetition_type: "OPTIONAL" }];
  return [
    { name, converted_type: "LIST", repetition_type: "OPTIONAL", num_children: 1 },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", ...text, repetition_type: "REQUIRED" },
  ];
}
