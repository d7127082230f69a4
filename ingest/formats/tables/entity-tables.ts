/**
 * Documents from three tab-separated tables beside one another: abstracts, entities, relations, as BioCreative's
 * chemical–protein tasks publish them (ChemProt, DrugProt). They give no identifiers, so each mention is an
 * entity of its own. What a relation row says is its corpus's business. Source: Krallinger et al. 2017.
 */
import {
  type Document,
  documentText,
  type GoldRelation,
  type Mention,
  type Passage,
} from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { offsetMap } from "../../../src/core/offsets.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { required } from "../../../src/core/required.js";
import { entityTypeByName } from "../reading/entity-names.js";
import { openRowIndex } from "./row-index.js";
import { readRows, type TableRow } from "./table-rows.js";

/** A relation row's label and its arguments as written, `Arg1:T1` and `Arg2:T2`. */
interface RelationRow {
  readonly type: string;
  readonly one: string;
  readonly other: string;
}

/** The tables of one corpus. */
interface EntityTables {
  /** Prefix of the mentions' CURIEs, which name the document too: T1 is another entity in each. */
  readonly prefix: string;
  /** The tables' paths: abstracts, entities, relations. */
  readonly paths: readonly string[];
  readonly relationColumns: number;
  /** What a row of the relation table asserts; undefined for a row that is no gold relation. */
  readonly relationOf: (columns: readonly string[]) => RelationRow | undefined;
  /** Whether a label repeated for one pair counts once, as where several fine labels share a group. */
  readonly distinct: boolean;
}

/**
 * Streams the abstracts, with entities and relations looked up by PMID in tables that stay on the disk. Several
 * labels of one pair are all kept. Throws BAD_INPUT with file and line.
 */
export async function* readEntityTables(
  tables: EntityTables,
  options: ReadOptions,
): AsyncGenerator<Document> {
  const [abstracts = "", entityFile = "", relationFile = ""] = tables.paths;
  const entities = await openRowIndex(entityFile, 6, options);
  try {
    const relations = await openRowIndex(relationFile, tables.relationColumns, options);
    try {
      for await (const row of readRows(abstracts, 3, options)) {
        try {
          const pmid = required(row.columns[0], "a row's first column");
          yield toDocument(row, await entities.rowsOf(pmid), await relations.rowsOf(pmid), tables);
        } catch (fault) {
          reject(fault, options);
        }
      }
    } finally {
      await relations.close();
    }
  } finally {
    await entities.close();
  }
}

function toDocument(
  row: TableRow,
  entityRows: readonly TableRow[],
  relationRows: readonly TableRow[],
  tables: EntityTables,
): Document {
  const [pmid = "", title = "", abstract = ""] = row.columns;
  const passages: Passage[] = [
    { kind: "title", offset: 0, text: title },
    { kind: "abstract", offset: title.length + 1, text: abstract },
  ];
  const mentions = parseMentions(documentText({ passages }), entityRows, tables.prefix);
  return {
    pmid,
    passages,
    mentions: [...mentions.values()],
    relations: parseRelations(mentions, relationRows, tables),
  };
}

/** Mentions by their own identifier (T1, T2, …). */
function parseMentions(text: string, rows: readonly TableRow[], prefix: string): Map<string, Mention> {
  const map = offsetMap(text);
  const mentions = new Map<string, Mention>();
  for (const row of rows) {
    const [pmid = "", id = "", typeName = "", from = "", to = "", name = ""] = row.columns;
    const type = entityTypeByName(typeName);
    if (type === undefined) return refuse(row, `unknown entity type "${typeName}"`);
    const start = map.toUtf16(Number(from));
    const end = map.toUtf16(Number(to));
    if (text.slice(start, end) !== name) {
      refuse(row, `the text at ${from}-${to} is "${text.slice(start, end)}", the entity says "${name}"`);
    }
    mentions.set(id, { type, ids: [`${prefix}:${pmid}.${id}`], sourceIds: [id], start, end, text: name });
  }
  return mentions;
}

function parseRelations(
  mentions: ReadonlyMap<string, Mention>,
  rows: readonly TableRow[],
  { relationOf, distinct }: EntityTables,
): GoldRelation[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const asserted = relationOf(row.columns);
    if (asserted === undefined) return [];
    const { type, one, other } = asserted;
    const subject = mentions.get(one.replace(/^Arg1:/, ""))?.ids[0];
    const object = mentions.get(other.replace(/^Arg2:/, ""))?.ids[0];
    if (subject === undefined || object === undefined) {
      return refuse(row, `${one} or ${other} is no entity of the document`);
    }
    const key = `${type}\t${subject}\t${object}`;
    if (distinct && seen.has(key)) return [];
    seen.add(key);
    return [{ subject, object, type }];
  });
}

function refuse(row: TableRow, reason: string): never {
  const pmid = row.columns[0];
  throw new BioWeftError("BAD_INPUT", reason, {
    place: { file: row.file, line: row.line, ...(pmid === undefined ? {} : { pmid }) },
  });
}
