/**
 * Edge lists with years: a table of pairs with the kind of relation, where it is from and the years of its first and last
 * paper, beside a table of the entities' types. What such databases call their relations is mapped to BioRED's types.
 * Knows no graph: what the relations are used for is the caller's business.
 */
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { BioWeftError, messageOf } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import {
  ENTITY_TYPES,
  type EntityType,
  isRelationType,
  type RelationType,
} from "../../../src/core/relation-types.js";
import { fileChunks } from "../reading/file-chunks.js";
import { readLines } from "../reading/text-lines.js";

/** One relation, with a paper's weight for each row of the list that says so. */
interface YearedRelation {
  readonly subject: string;
  readonly subjectType: EntityType;
  readonly object: string;
  readonly objectType: EntityType;
  readonly type: RelationType;
  readonly belief: number;
  readonly firstYear: number;
  readonly papers: readonly { readonly year: number; readonly weight: number }[];
}

/** What a list holds, and what of it relates nothing to something else. */
interface YearedEdges {
  readonly relations: readonly YearedRelation[];
  readonly names: ReadonlyMap<string, string>;
  /** Rows of an entity with itself, which are left out. */
  readonly selfRelations: number;
  /** Rows whose kind of relation is not listed here: they count as associations. */
  readonly unknownKinds: number;
}

/** How far a row of a curated list is to be believed: the reliability of a corpus's row. */
const WEIGHT = 0.95;

const EDGE_COLUMNS = ["source_id", "target_id", "relation", "from", "first_year", "last_year"];
const NODE_COLUMNS = ["id", "type", "name"];

const KINDS: ReadonlyMap<string, RelationType> = new Map(
  Object.entries<RelationType>({
    chemical_activates_gene: "Positive_Correlation",
    chemical_binds_gene: "Bind",
    chemical_induces_disease: "Positive_Correlation",
    chemical_inhibits_gene: "Negative_Correlation",
    chemical_marker_or_mechanism_of_disease: "Association",
    gene_activates_gene: "Positive_Correlation",
    gene_associated_with_disease: "Association",
    gene_marker_or_mechanism_of_disease: "Association",
    gene_regulates_gene: "Association",
    gene_represses_gene: "Negative_Correlation",
    gene_therapeutic_target_of_disease: "Association",
  }),
);

/**
 * Reads a list and the types of its entities, each possibly gzipped. Rows of one pair and type become one relation. Throws
 * BAD_INPUT with file and line for a row that breaks the form or an entity without a type, NOT_FOUND for no file.
 */
export async function readYearedEdges(
  edges: string,
  nodes: string,
  options: ReadOptions = {},
): Promise<YearedEdges> {
  const types = new Map<string, EntityType>();
  const names = new Map<string, string>();
  for await (const { cells, refuse } of readTable(nodes, NODE_COLUMNS, options)) {
    const [id = "", type = "", name = ""] = cells;
    if (!isEntityType(type)) refuse(`the type "${type}", which is none of ${ENTITY_TYPES.join(", ")}`);
    else types.set(id, type);
    names.set(id, name);
  }
  const found = new Map<string, YearedRelation & { papers: { year: number; weight: number }[] }>();
  const counts = { selfRelations: 0, unknownKinds: 0 };
  for await (const { cells, refuse } of readTable(edges, EDGE_COLUMNS, options)) {
    const [source = "", target = "", kind = "", , yearText = ""] = cells;
    const year = Number(yearText);
    const [subject, object] = source < target ? [source, target] : [target, source];
    const [subjectType, objectType] = [types.get(subject), types.get(object)];
    if (!Number.isInteger(year) || year < 1) refuse(`the first year "${yearText}"`);
    else if (subjectType === undefined || objectType === undefined) {
      refuse(`${subjectType === undefined ? subject : object}, whose type stands nowhere in ${nodes}`);
    } else if (subject === object) counts.selfRelations++;
    else {
      const type = KINDS.get(kind) ?? (isRelationType(kind) ? kind : undefined);
      if (type === undefined) counts.unknownKinds++;
      const row = { subject, subjectType, object, objectType, type: type ?? "Association" } as const;
      const key = `${subject} ${object} ${row.type}`;
      const known = found.get(key) ?? { ...row, belief: 0, firstYear: year, papers: [] };
      known.papers.push({ year, weight: WEIGHT });
      found.set(key, known);
    }
  }
  const relations = [...found.values()].map((relation) => ({
    ...relation,
    belief: 1 - (1 - WEIGHT) ** relation.papers.length,
    firstYear: Math.min(...relation.papers.map(({ year }) => year)),
  }));
  return { relations, names, ...counts };
}

function isEntityType(name: string): name is EntityType {
  return (ENTITY_TYPES as readonly string[]).includes(name);
}

interface TableRow {
  readonly cells: readonly string[];
  /** Reports the row as one that breaks the form: "a row with …". */
  refuse(what: string): void;
}

/** Rows of a table with a header, their cells in the order of the columns asked for. */
async function* readTable(
  file: string,
  columns: readonly string[],
  options: ReadOptions,
): AsyncGenerator<TableRow> {
  let places: readonly number[] | undefined;
  for await (const { number: line, text, fault } of readLines(file, unzipped(file))) {
    const refuse = (what: string) =>
      reject(new BioWeftError("BAD_INPUT", what, { place: { file, line } }), options);
    if (fault !== undefined) refuse(fault);
    else if (places === undefined) {
      const header = text.split("\t");
      places = columns.map((name) => header.indexOf(name));
      const missing = columns.filter((name) => !header.includes(name));
      if (missing.length > 0) {
        const reason = `the header lacks ${missing.join(", ")}; name the columns ${columns.join(", ")}`;
        throw new BioWeftError("BAD_INPUT", reason, { place: { file, line } });
      }
    } else if (text !== "") {
      const cells = text.split("\t");
      yield {
        cells: places.map((place) => cells[place] ?? ""),
        refuse: (what) => refuse(`a row with ${what}`),
      };
    }
  }
}

async function* unzipped(file: string): AsyncGenerator<Buffer> {
  if (!file.endsWith(".gz")) return yield* fileChunks(file);
  const gunzip = createGunzip();
  // A fault on the way ends the stream that is read here, where it is thrown.
  pipeline(fileChunks(file), gunzip).catch(() => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (cause) {
    if (cause instanceof BioWeftError) throw cause;
    throw new BioWeftError("BAD_INPUT", `cannot be unpacked (${messageOf(cause)})`, {
      place: { file },
      cause,
    });
  }
}
