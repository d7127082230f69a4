/**
 * Pairs of entities that a database lists for a paper, without saying where the text names them: plain lists
 * (PMID, identifier, identifier) as PharmGKB, DisGeNET and EMU publish them, and RENET2's annotation tables. They
 * hold no text; join-pairs.ts brings them together with documents. Source of the tables: Su et al. 2021 (RENET2).
 */
import { toCurie } from "../../../src/core/curie.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import type { EntityType } from "../../../src/core/relation-types.js";
import { required } from "../../../src/core/required.js";
import { readLines } from "../reading/text-lines.js";

/** One pair that is listed for a paper. An end that stands for several genes (`3303|3304`) is met by any of them. */
export interface ListedPair {
  readonly publication: string;
  readonly one: readonly string[];
  readonly other: readonly string[];
  /** False where an annotator looked at the pair and found it unrelated. */
  readonly related: boolean;
}

/** The entity types of a list's two identifier columns, in their order. */
export type PairEnds = readonly [EntityType, EntityType];

/** How a list is read. */
interface PairListOptions extends ReadOptions {
  /** Identifiers beside PMIDs that a first column may hold: those of texts of one's own. */
  readonly ownIds?: ReadonlySet<string>;
}

const RENET2_COLUMNS = ["pmid", "geneId", "diseaseId", "label"];
const RENET2_ENDS: PairEnds = ["Gene", "Disease"];

/**
 * Streams a list's pairs. A header that names RENET2's columns makes it one of its tables, where `label` tells
 * related (1) from unrelated (0) and `ends` is not asked; any other list has the three columns PMID, identifier,
 * identifier, tabs or commas between, all of them related, with or without a header that begins with PMID. Throws BAD_INPUT with file and line, NOT_FOUND.
 */
export async function* readPairList(
  file: string,
  ends: PairEnds = RENET2_ENDS,
  options: PairListOptions = {},
): AsyncGenerator<ListedPair> {
  let parseRow = (cells: readonly string[]) => parsePair(cells, ends);
  for await (const { number: line, text, fault } of readLines(file)) {
    if (fault === undefined && text.trim() === "") continue;
    try {
      if (fault !== undefined) throw new BioWeftError("BAD_INPUT", fault);
      const cells = cellsOf(text);
      if (line > 1 || !/^#?\s*pmid$/i.test(required(cells[0], "a line's first cell")))
        yield checked(parseRow(cells), options);
      else if (RENET2_COLUMNS.every((name) => cells.includes(name))) {
        const columns = RENET2_COLUMNS.map((name) => cells.indexOf(name));
        parseRow = (row) => parseRenet2(columns.map((column) => row[column] ?? ""));
      }
    } catch (thrown) {
      reject(placed(thrown, file, line), options);
    }
  }
}

/** The PMID of each PMCID, from a table with a header and the columns PMCID, PMID, as RENET2's `ft_id_lst.csv`. */
export async function readPublicationIds(file: string): Promise<Map<string, string>> {
  const pmids = new Map<string, string>();
  for await (const { number: line, text, fault } of readLines(file)) {
    const [pmcid = "", pmid = ""] = cellsOf(text);
    if (/^PMC\d+$/.test(pmcid) && /^\d+$/.test(pmid)) pmids.set(pmcid, pmid);
    else if (fault !== undefined || (line > 1 && text.trim() !== "")) {
      const reason = fault ?? `a row of this table has a PMCID and a PMID, not "${text}"`;
      throw new BioWeftError("BAD_INPUT", reason, { place: { file, line } });
    }
  }
  return pmids;
}

function cellsOf(text: string): string[] {
  return text.split(text.includes("\t") ? "\t" : ",").map((cell) => cell.trim());
}

function parsePair(cells: readonly string[], [oneType, otherType]: PairEnds): ListedPair {
  const [publication = "", one = "", other = ""] = cells;
  if (cells.length !== 3) {
    throw new BioWeftError(
      "BAD_INPUT",
      `a pair is PMID, identifier, identifier, not ${cells.length} columns`,
    );
  }
  return toPair(publication, [one, oneType], [other, otherType], true);
}

function parseRenet2([publication = "", gene = "", disease = "", label = ""]: readonly string[]): ListedPair {
  if (label !== "0" && label !== "1") {
    throw new BioWeftError("BAD_INPUT", `the label is 0 or 1, not "${label}"`);
  }
  return toPair(publication, [gene, RENET2_ENDS[0]], [disease, RENET2_ENDS[1]], label === "1");
}

type WrittenEnd = readonly [id: string, type: EntityType];

function toPair(publication: string, one: WrittenEnd, other: WrittenEnd, related: boolean): ListedPair {
  return { publication, one: endIds(one), other: endIds(other), related };
}

function checked(pair: ListedPair, { ownIds }: PairListOptions): ListedPair {
  if (/^\d+$/.test(pair.publication) || ownIds?.has(pair.publication) === true) return pair;
  const { publication } = pair;
  throw new BioWeftError("BAD_INPUT", `"${publication}" is no PMID; the first column must hold one`);
}

function endIds([written, type]: WrittenEnd): string[] {
  const curies = written.split("|").flatMap((id) => toCurie(id, type) ?? []);
  if (curies.length > 0) return curies;
  throw new BioWeftError("BAD_INPUT", `"${written}" is no identifier`);
}

function placed(thrown: unknown, file: string, line: number): unknown {
  if (!(thrown instanceof BioWeftError)) return thrown;
  return new BioWeftError(thrown.code, thrown.reason, { place: { file, line }, cause: thrown });
}
