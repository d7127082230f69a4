/**
 * The tables that Neo4j's importer makes a store of: which files there are, and what their columns hold. They mirror what the
 * statements of cypher/write write. Headers: Neo4j Operations Manual 5, "Import", CSV header format.
 */
import { BioWeftError } from "../../core/errors.js";

/** How a value stands in a file. `id`, `start` and `end` name nodes of a group; `label` and `type` are the importer's own. */
type Form =
  | "string"
  | "long"
  | "double"
  | "boolean"
  | "string[]"
  | "double[]"
  | "long[]"
  | "label"
  | "type"
  | "id"
  | "start"
  | "end";

/** One column: the row's field, and its form; a node's group where it is an identifier. */
export interface Column {
  readonly field: string;
  readonly form: Form;
  readonly group?: string;
}

/** One file. A node's `name` is its label, a relationship's its type; without one a column holds it. */
export interface Table {
  readonly kind: "nodes" | "relationships";
  readonly name?: string;
  readonly columns: readonly Column[];
}

const columns = (form: Form, ...fields: string[]): Column[] => fields.map((field) => ({ field, form }));
const text = (...fields: string[]) => columns("string", ...fields);
const whole = (...fields: string[]) => columns("long", ...fields);
const real = (...fields: string[]) => columns("double", ...fields);
const truth = (...fields: string[]) => columns("boolean", ...fields);
const texts = (...fields: string[]) => columns("string[]", ...fields);
const wholes = (...fields: string[]) => columns("long[]", ...fields);

/** Nodes of a label, found again by `id`, with these properties. */
function nodes(name: string, id: string, ...properties: readonly Column[][]): Table {
  return { kind: "nodes", name, columns: [{ field: id, form: "id", group: name }, ...properties.flat()] };
}

/** Relationships between nodes of two groups, each named by a field. */
function links(
  name: string | undefined,
  [start, from]: readonly [field: string, group: string],
  [end, to]: readonly [field: string, group: string],
  ...properties: readonly Column[][]
): Table {
  const ends: Column[] = [
    { field: start, form: "start", group: from },
    { field: end, form: "end", group: to },
  ];
  const named = name === undefined ? {} : { name };
  return { kind: "relationships", ...named, columns: [...ends, ...properties.flat()] };
}

/** All tables of a graph. */
export const TABLES = {
  publications: nodes(
    "Publication",
    "pmid",
    text("title", "journal"),
    whole("year"),
    text("doi"),
    truth("retracted"),
  ),
  documents: nodes(
    "Document",
    "id",
    text("document", "corpus", "title", "journal"),
    whole("year"),
    text("doi"),
    truth("retracted"),
    texts("curies", "types"),
    wholes("spellings"),
    texts("names"),
    wholes("counts"),
    texts("variants", "genes", "models", "digests"),
    truth("merged"),
  ),
  texts: nodes("DocumentText", "id", text("passages", "mentions")),
  entities: nodes(
    "Entity",
    "curie",
    text("type", "name"),
    wholes("typeVotes"),
    texts("synonyms"),
    wholes("synonymVotes", "synonymPapers"),
    [{ field: "type", form: "label" }],
  ),
  relations: nodes(
    "Relation",
    "id",
    text("type"),
    real("belief"),
    whole("papers", "firstYear", "lastYear"),
    texts("sources"),
    columns("double[]", "weights"),
    wholes("weightPapers", "years", "yearPapers", "sourceRows"),
  ),
  evidence: nodes(
    "Evidence",
    "id",
    text("document", "corpus", "sentence"),
    whole("start", "end"),
    text("mentions"),
    real("probability"),
    text("sourceKind", "source"),
    truth("negated"),
    whole("year"),
    text("subject"),
    real("subjectProbability"),
    truth("novel"),
    real("noveltyProbability"),
  ),
  versionRanks: nodes("VersionRank", "pmid", text("file"), real("version")),
  keys: nodes("ApiKey", "id", text("name", "role", "hash"), whole("createdAtMillis", "revokedAtMillis")),
  versions: nodes("GraphVersion", "id", whole("version"), text("identity")),
  partOf: links("PART_OF", ["id", "Document"], ["pmid", "Publication"]),
  textOf: links("TEXT_OF", ["id", "DocumentText"], ["id", "Document"]),
  mentions: links(
    "MENTIONS",
    ["pmid", "Publication"],
    ["curie", "Entity"],
    text("type"),
    texts("names"),
    wholes("counts"),
    whole("count"),
  ),
  from: links("FROM", ["id", "Evidence"], ["pmid", "Publication"]),
  supports: links("SUPPORTS", ["id", "Evidence"], ["relation", "Relation"]),
  subjects: links("SUBJECT", ["id", "Relation"], ["subject", "Entity"]),
  objects: links("OBJECT", ["id", "Relation"], ["object", "Entity"]),
  variantGenes: links("OF", ["variant", "Entity"], ["gene", "Entity"], whole("documents")),
  direct: links(
    undefined,
    ["subject", "Entity"],
    ["object", "Entity"],
    [{ field: "directType", form: "type" }],
    [{ field: "id", form: "string" }],
    real("belief"),
    whole("papers", "firstYear"),
  ),
} as const satisfies Readonly<Record<string, Table>>;
/** The name of a table. */
export type TableName = keyof typeof TABLES;

/** Properties that do not bear their field's name. */
const PROPERTY_NAMES: Readonly<Record<string, string>> = { "direct.id": "relationId" };

/** The first line of a table's file. */
export function headerOf(name: string, table: Table): string {
  return table.columns
    .map(({ field, form, group }) => {
      if (form === "id") return `${field}:ID(${group})`;
      if (form === "start") return `:START_ID(${group})`;
      if (form === "end") return `:END_ID(${group})`;
      if (form === "label" || form === "type") return `:${form.toUpperCase()}`;
      return `${PROPERTY_NAMES[`${name}.${field}`] ?? field}:${form}`;
    })
    .join(",");
}

/**
 * Throws INTERNAL for headers that the importer would read without a word and get wrong: nodes without an identifier, two
 * files of one group, relationships whose ends name a group that no file has.
 */
export function checkHeaders(
  headers: Readonly<Record<string, { kind: Table["kind"]; header: string }>>,
): void {
  const groups = new Set<string>();
  for (const [name, { kind, header }] of Object.entries(headers)) {
    const group = /(?:^|,)\w+:ID\((\w+)\)(?:,|$)/.exec(header)?.[1];
    if (kind !== "nodes") continue;
    if (group === undefined || groups.has(group))
      throw badHeader(name, "needs one :ID of a group of its own");
    groups.add(group);
  }
  for (const [name, { kind, header }] of Object.entries(headers)) {
    if (kind === "nodes") continue;
    const ends = ["START", "END"].map((end) => new RegExp(`(?:^|,):${end}_ID\\((\\w+)\\)`).exec(header)?.[1]);
    if (ends.some((end) => end === undefined || !groups.has(end))) {
      throw badHeader(name, "needs :START_ID and :END_ID of groups that node files declare");
    }
  }
}

function badHeader(name: string, reason: string): BioWeftError {
  return new BioWeftError("INTERNAL", `the header of the table "${name}" ${reason}; mend tables.ts`);
}
