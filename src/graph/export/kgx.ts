/**
 * The graph for Biolink's tools: KGX (https://github.com/biolink/kgx) as tables or JSON lines, nodes and edges apart. Beside
 * Biolink's own properties an edge has BioRED's type, belief, years and every row of evidence with its sentence, so that
 * reading it back gives the same relations.
 */
import {
  BIOLINK_CATEGORIES,
  BIOLINK_PREDICATES,
  publicationCurie,
  toBiolinkCurie,
  withBars,
  withoutBars,
} from "../../core/biolink/biolink.js";
import { type ExportForm, type ExportPart, rowStage, textPieces } from "./export-form.js";
import {
  type ExportedEntity,
  type ExportedRelation,
  exportedEntities,
  exportedRelations,
} from "./exported-graph.js";

/** Properties by their names; lists are lists, `evidence` is a list of objects. */
type Properties = Readonly<Record<string, unknown>>;

/** An entity as a node. */
function toKgxNode({ curie, type, name, synonyms }: ExportedEntity): Properties {
  return {
    id: toBiolinkCurie(curie),
    category: [BIOLINK_CATEGORIES[type]],
    name,
    synonym: synonyms.filter((synonym) => synonym !== name),
    provided_by: ["infores:bioweft"],
  };
}

/** A relation as an edge. */
export function toKgxEdge(relation: ExportedRelation): Properties {
  const { id, type, subject, object, belief, papers, firstYear, lastYear, sources, acting, evidence } =
    relation;
  const isAsserted = evidence.some(({ sourceKind }) => sourceKind === "corpus" || sourceKind === "curator");
  const supporting = evidence.filter(({ negated }) => !negated);
  return {
    id: withoutBars(id),
    subject: toBiolinkCurie(subject),
    predicate: BIOLINK_PREDICATES[type],
    object: toBiolinkCurie(object),
    category: ["biolink:Association"],
    knowledge_level: isAsserted ? "knowledge_assertion" : "not_provided",
    agent_type: isAsserted ? "manual_agent" : "text_mining_agent",
    primary_knowledge_source: "infores:bioweft",
    publications: [...new Set(supporting.map(({ pmid }) => publicationCurie(pmid)))],
    original_predicate: type,
    acting_end: acting === null ? null : toBiolinkCurie(acting),
    belief,
    papers,
    first_year: firstYear,
    last_year: lastYear,
    sources,
    evidence: evidence.map((row) => withoutNulls(row)),
  };
}

const NODE_COLUMNS = ["id", "category", "name", "synonym", "provided_by"];
const EDGE_COLUMNS = [
  ...["id", "subject", "predicate", "object", "category", "knowledge_level", "agent_type"],
  ...["primary_knowledge_source", "publications", "original_predicate", "acting_end", "belief", "papers"],
  ...["first_year", "last_year", "sources", "evidence"],
];

/** KGX as tab-separated tables. */
export const KGX_TSV: ExportForm = {
  name: "kgx-tsv",
  description: "KGX tables for Biolink's tools: nodes and edges",
  shows: "graph",
  parts: [
    part("nodes", "_nodes.tsv", "text/tab-separated-values", header(NODE_COLUMNS), (row) =>
      tableLine(NODE_COLUMNS, row),
    ),
    part("edges", "_edges.tsv", "text/tab-separated-values", header(EDGE_COLUMNS), (row) =>
      tableLine(EDGE_COLUMNS, row),
    ),
  ],
};

/** KGX as lines of JSON. */
export const KGX_JSONL: ExportForm = {
  name: "kgx-jsonl",
  description: "KGX as lines of JSON: nodes and edges",
  shows: "graph",
  parts: [
    part("nodes", "_nodes.jsonl", "application/x-ndjson", "", jsonLine),
    part("edges", "_edges.jsonl", "application/x-ndjson", "", jsonLine),
  ],
};

function part(
  name: "nodes" | "edges",
  suffix: string,
  mediaType: string,
  opening: string,
  toText: (row: Properties) => string,
): ExportPart {
  const stage =
    name === "nodes"
      ? rowStage("entities", exportedEntities, (entity) => toText(toKgxNode(entity)))
      : rowStage("relations", exportedRelations, (relation) => toText(toKgxEdge(relation)));
  const shape = { opening, stages: [stage], closing: "" };
  return {
    name,
    suffix,
    mediaType,
    isResumable: true,
    // A cursor may be an identifier as it stands in the file.
    pieces: (source, after) => textPieces(shape, source, after === undefined ? undefined : withBars(after)),
  };
}

function header(columns: readonly string[]): string {
  return `${columns.join("\t")}\n`;
}

function tableLine(columns: readonly string[], row: Properties): string {
  return `${columns.map((column) => cell(column, row[column])).join("\t")}\n`;
}

/** KGX parts lists by bars and knows no way to write one: a bar in a synonym becomes a broken bar. */
function cell(column: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (column === "evidence") return JSON.stringify(value).replaceAll("|", "\\u007c");
  if (Array.isArray(value)) return value.map((one) => oneLine(String(one)).replaceAll("|", "¦")).join("|");
  return oneLine(String(value)).replaceAll("|", "¦");
}

function oneLine(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}

function jsonLine(row: Properties): string {
  return `${JSON.stringify(withoutNulls(row))}\n`;
}

function withoutNulls(row: Properties): Properties {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
