/**
 * DrugProt: chemical–gene relations inside sentences, as three tab-separated files beside one another:
 * abstracts (the published name says `abstracs`), entities, relations. It gives no identifiers, so each mention
 * is an entity of its own. Source: Miranda et al. 2021; mapping to BioRED: Lai et al. 2023.
 */
import { basename, dirname, join } from "node:path";
import {
  type Document,
  documentText,
  type GoldRelation,
  type Mention,
  type Passage,
} from "../../src/core/document.js";
import { BioWeftError } from "../../src/core/errors.js";
import { offsetMap } from "../../src/core/offsets.js";
import { entityTypeByName } from "../formats/entity-names.js";
import { type ReadOptions, reject } from "../formats/read-options.js";
import { readRows, type TableRow } from "../formats/table-rows.js";
import type { CorpusDeclaration } from "./corpus.js";

const UP = ["ACTIVATOR", "AGONIST", "AGONIST-ACTIVATOR", "INDIRECT-UPREGULATOR"];
const DOWN = ["AGONIST-INHIBITOR", "ANTAGONIST", "INDIRECT-DOWNREGULATOR", "INHIBITOR"];
const OTHER = ["DIRECT-REGULATOR", "PART-OF", "PRODUCT-OF", "SUBSTRATE", "SUBSTRATE_PRODUCT-OF"];
const label = (names: readonly string[], type: string) => names.map((name) => [name, type]);

/** The three tables of a split, as published. */
function tables(prefix: string): string[] {
  return ["abstracs", "entities", "relations"].map((part) => `${prefix}${part}.tsv`);
}

/** The declaration of DrugProt. */
export const DRUGPROT: CorpusDeclaration = {
  name: "drugprot",
  prompt: "DrugProt",
  noneClass: "None-BC7",
  licence: "CC BY 4.0",
  released: true,
  scope: "sentence",
  ownMarkers: true,
  pairTypes: ["C-G"],
  files: { train: tables("drugprot_training_"), dev: tables("drugprot_development_"), test: [] },
  read: readDrugProt,
  companions: (path) => {
    const prefix = basename(path).replace(/(?:abstrac(?:ts|s)|entities|relations)\.tsv$/, "");
    const [, ...others] = tables(prefix);
    const abstracts = /abstracts\.tsv$/.test(path) ? `${prefix}abstracts.tsv` : `${prefix}abstracs.tsv`;
    return [abstracts, ...others].map((name) => join(dirname(path), name));
  },
  labels: Object.fromEntries([
    ...label(UP, "Positive_Correlation"),
    ...label(DOWN, "Negative_Correlation"),
    ...label(OTHER, "Association"),
  ]),
};

/**
 * Streams the abstracts, with entities and relations looked up by PMID (both tables are read first). Several
 * labels of one pair are all kept. Throws BAD_INPUT with file and line.
 */
async function* readDrugProt(paths: readonly string[], options: ReadOptions): AsyncGenerator<Document> {
  const [abstracts = "", entityFile = "", relationFile = ""] = paths;
  const entities = await rowsByPmid(entityFile, 6, options);
  const relations = await rowsByPmid(relationFile, 4, options);
  for await (const row of readRows(abstracts, 3, options)) {
    const [pmid = "", title = "", abstract = ""] = row.columns;
    try {
      const passages: Passage[] = [
        { kind: "title", offset: 0, text: title },
        { kind: "abstract", offset: title.length + 1, text: abstract },
      ];
      const mentions = parseMentions(documentText({ passages }), entities.get(pmid) ?? []);
      yield {
        pmid,
        passages,
        mentions: [...mentions.values()],
        relations: parseRelations(mentions, relations.get(pmid) ?? []),
      };
    } catch (fault) {
      reject(fault, options);
    }
  }
}

async function rowsByPmid(
  file: string,
  columns: number,
  options: ReadOptions,
): Promise<Map<string, TableRow[]>> {
  const byPmid = new Map<string, TableRow[]>();
  for await (const row of readRows(file, columns, options)) {
    const pmid = row.columns[0] ?? "";
    const rows = byPmid.get(pmid);
    if (rows === undefined) byPmid.set(pmid, [row]);
    else rows.push(row);
  }
  return byPmid;
}

/** Mentions by their own identifier (T1, T2, …). The CURIE names the document too: T1 is another entity in each. */
function parseMentions(text: string, rows: readonly TableRow[]): Map<string, Mention> {
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
    mentions.set(id, { type, ids: [`DrugProt:${pmid}.${id}`], sourceIds: [id], start, end, text: name });
  }
  return mentions;
}

function parseRelations(mentions: ReadonlyMap<string, Mention>, rows: readonly TableRow[]): GoldRelation[] {
  return rows.map((row) => {
    const [, type = "", one = "", other = ""] = row.columns;
    const subject = mentions.get(one.replace(/^Arg1:/, ""))?.ids[0];
    const object = mentions.get(other.replace(/^Arg2:/, ""))?.ids[0];
    if (subject === undefined || object === undefined)
      return refuse(row, `${one} or ${other} is no entity of the document`);
    return { subject, object, type };
  });
}

function refuse(row: TableRow, reason: string): never {
  const pmid = row.columns[0];
  throw new BioWeftError("BAD_INPUT", reason, {
    place: { file: row.file, line: row.line, ...(pmid === undefined ? {} : { pmid }) },
  });
}
