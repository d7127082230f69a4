/**
 * LION LBD's graph: two CSV files as Neo4j imports them, nodes with `:ID`, `type` and `text` (or `name`), edges with `:START_ID`,
 * `:END_ID` and `year:int`, the year in which the two were first named together. Its weights of later years (`metric_…`) are
 * left aside: they are LION's own. Source: Pyysalo et al. 2019; the reader in cambridgeltl/in-memory-lbd.
 */
import { BioWeftError } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { ENTITY_TYPES, type EntityType, pairEntityType } from "../../../src/core/relation-types.js";
import { readLines } from "../reading/text-lines.js";
import { csvCells } from "./table-cells.js";

/** One edge: that the two are named together says no more than that they are associated. */
interface LionRelation {
  readonly subject: string;
  readonly subjectType: EntityType;
  readonly object: string;
  readonly objectType: EntityType;
  readonly type: "Association";
  readonly belief: number;
  readonly firstYear: number;
}

/** What the files hold. */
interface LionGraph {
  readonly relations: readonly LionRelation[];
  readonly names: ReadonlyMap<string, string>;
  /** Edges of an entity with itself. */
  readonly selfRelations: number;
  /** Edges of what takes part in no relation here, such as hallmarks and species. */
  readonly otherTypes: number;
}

/** LION's names of types that are not ours. */
const TYPES: Readonly<Record<string, EntityType>> = { Mutation: "Variant" };
/** How far two that are named together are to be believed related: the reliability of PubTator3's rows, at even odds. */
const WEIGHT = 0.4;

/** Whether a file is of this form, by its header. Throws NOT_FOUND for no file. */
export async function isLionEdges(file: string): Promise<boolean> {
  for await (const { text } of readLines(file)) return csvCells(text)?.includes(":START_ID") === true;
  return false;
}

/** Reads both files, each possibly gzipped. Throws BAD_INPUT with file and line for what breaks the form. */
export async function readLionGraph(
  edges: string,
  nodes: string,
  options: ReadOptions = {},
): Promise<LionGraph> {
  const types = new Map<string, EntityType | undefined>();
  const names = new Map<string, string>();
  for await (const { cell } of readCsv(nodes, [":ID", "type"], options)) {
    const id = cell(":ID");
    types.set(id, typeOf(cell("type")));
    names.set(id, cell("text") || cell("name") || id);
  }
  const relations: LionRelation[] = [];
  const counts = { selfRelations: 0, otherTypes: 0 };
  for await (const { cell, refuse } of readCsv(edges, [":START_ID", ":END_ID", "year"], options)) {
    const ends = [cell(":START_ID"), cell(":END_ID")].sort();
    const [subject = "", object = ""] = ends;
    const firstYear = Number(cell("year"));
    const [subjectType, objectType] = [types.get(subject), types.get(object)];
    const missing = ends.find((end) => !types.has(end));
    if (!Number.isInteger(firstYear) || firstYear < 1) refuse(`the year "${cell("year")}"`);
    else if (missing !== undefined) refuse(`${missing}, which stands nowhere in ${nodes}`);
    else if (subject === object) counts.selfRelations++;
    else if (subjectType === undefined || objectType === undefined) counts.otherTypes++;
    else {
      const of = { subject, subjectType, object, objectType };
      relations.push({ ...of, type: "Association", belief: WEIGHT, firstYear });
    }
  }
  return { relations, names, ...counts };
}

/** Our type, or undefined for what takes part in no relation. */
function typeOf(name: string): EntityType | undefined {
  const type = TYPES[name] ?? ENTITY_TYPES.find((one) => one === name);
  return type === undefined || pairEntityType(type) === undefined ? undefined : type;
}

interface CsvRow {
  /** The cell of a column; empty where the file lacks it. */
  cell(column: string): string;
  refuse(what: string): void;
}

async function* readCsv(
  file: string,
  columns: readonly string[],
  options: ReadOptions,
): AsyncGenerator<CsvRow> {
  let places: ReadonlyMap<string, number> | undefined;
  for await (const { number: line, text, fault } of readLines(file)) {
    const refuse = (what: string) =>
      reject(new BioWeftError("BAD_INPUT", what, { place: { file, line } }), options);
    const cells = csvCells(text);
    if (fault !== undefined) refuse(fault);
    else if (cells === undefined) refuse("a row whose quotes do not close");
    else if (places === undefined) places = headerPlaces(cells, columns, { file, line });
    else if (text !== "") {
      const found = places;
      yield {
        cell: (column) => cells[found.get(column) ?? -1] ?? "",
        refuse: (what) => refuse(`a row with ${what}`),
      };
    }
  }
}

/** Columns by name, without the types that Neo4j's form writes behind them. */
function headerPlaces(
  cells: readonly string[],
  columns: readonly string[],
  place: { readonly file: string; readonly line: number },
): ReadonlyMap<string, number> {
  const named = new Map(cells.map((cell, index) => [cell.replace(/(.):.*$/, "$1"), index]));
  const missing = columns.filter((column) => !named.has(column));
  if (missing.length === 0) return named;
  const reason = `the header lacks ${missing.join(", ")}; LION's files have them`;
  throw new BioWeftError("BAD_INPUT", reason, { place });
}
