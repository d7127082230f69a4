/**
 * One block of a PubTator file, the lines of one document, into a `Document`. Everything that breaks the format
 * is refused with its line: wrong columns, another PMID, offsets that do not lead to the annotated text.
 * It reads no file; pubtator.ts cuts files into blocks.
 */
import { toCurie } from "../../../src/core/curie.js";
import {
  type Document,
  documentText,
  type GoldRelation,
  type Mention,
  type Passage,
} from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { offsetMap } from "../../../src/core/offsets.js";
import { entityTypeByName, isLeftOutType, parseIds } from "../reading/entity-names.js";
import type { TextLine } from "../reading/text-lines.js";
import { type PublicationMetadata, parseMetadata } from "./publication-metadata.js";
import { truncation } from "./truncation.js";

const TEXT_LINE = /^([^|\t]+)\|([a-z])\|(.*)$/s;

/** Throws a BAD_INPUT for a line of the block. */
type Refuse = (line: TextLine, reason: string) => never;

/** Parses one block; `file` is only named in errors. */
export function parsePubTatorBlock(block: readonly TextLine[], file: string | undefined): Document {
  const pmid = TEXT_LINE.exec(block[0]?.text ?? "")?.[1] ?? "";
  const refuse: Refuse = (line, reason) => {
    const place = {
      line: line.number,
      ...(file === undefined ? {} : { file }),
      ...(pmid === "" ? {} : { pmid }),
    };
    throw new BioWeftError("BAD_INPUT", reason, { place });
  };
  for (const line of block.slice(-1)) {
    const cut = truncation(line);
    if (cut !== undefined) refuse(line, cut);
  }
  const { passages, metadata, rows } = parseText(block, pmid, refuse);
  const mentionAt = mentionParser(documentText({ passages }), refuse);
  const mentions: Mention[] = [];
  const relationRows: Row[] = [];
  for (const row of rows) {
    if (row.columns[0] !== pmid)
      refuse(row.line, `the line belongs to "${row.columns[0] ?? ""}", its block to "${pmid}"`);
    if (!isAnnotation(row.columns)) relationRows.push(row);
    else mentions.push(...mentionAt(row));
  }
  const curieOf = relationEnds(mentions);
  const relations = relationRows.map((row) => parseRelation(row, curieOf, refuse));
  return { pmid, passages, mentions, relations, ...metadata };
}

interface Row {
  readonly line: TextLine;
  readonly columns: readonly string[];
}

/** The text lines of a block: passages at UTF-16 offsets, metadata; and the tabular rows that follow. */
function parseText(block: readonly TextLine[], pmid: string, refuse: Refuse) {
  const passages: Passage[] = [];
  const rows: Row[] = [];
  let metadata: PublicationMetadata = {};
  for (const line of block) {
    const match = TEXT_LINE.exec(line.text);
    if (passages.length === 0 && match?.[2] !== "t") {
      refuse(line, "a document must open with a title line, PMID|t|text");
    }
    if (match === null) {
      rows.push({ line, columns: line.text.split("\t") });
      continue;
    }
    const [, id, kind = "", text = ""] = match;
    if (id !== pmid) refuse(line, `the line belongs to "${id ?? ""}", its block to "${pmid}"`);
    if (rows.length > 0)
      refuse(line, "a text line after annotations; is the blank line between documents missing?");
    if (kind === "t" || kind === "a")
      passages.push(nextPassage(kind, text, passages, () => refuse(line, `a second |${kind}| line`)));
    else metadata = { ...metadata, ...parseMetadata(kind, text, (reason) => refuse(line, reason)) };
  }
  return { passages, metadata, rows };
}

function nextPassage(
  kind: "t" | "a",
  text: string,
  before: readonly Passage[],
  second: () => never,
): Passage {
  const wanted = kind === "t" ? "title" : "abstract";
  if (before.some((passage) => passage.kind === wanted)) second();
  const title = before[0];
  return { kind: wanted, offset: title === undefined ? 0 : title.text.length + 1, text };
}

/** Rows whose second and third columns are offsets annotate; the others relate. */
function isAnnotation(columns: readonly string[]): boolean {
  return /^\d+$/.test(columns[1] ?? "") && /^\d+$/.test(columns[2] ?? "") && columns.length !== 3;
}

/** Makes the parser of annotation rows for one text; types that we leave out give no mention. */
function mentionParser(text: string, refuse: Refuse): (row: Row) => Mention[] {
  const map = offsetMap(text);
  return ({ line, columns }) => {
    const [, from = "", to = "", name = "", typeName = "", ids = ""] = columns;
    if (columns.length < 5 || columns.length > 7) {
      refuse(line, `an annotation has 6 columns (7 for a composite), not ${columns.length}`);
    }
    const type = entityTypeByName(typeName);
    if (type === undefined) {
      if (isLeftOutType(typeName)) return [];
      return refuse(line, `unknown entity type "${typeName}"`);
    }
    const start = map.toUtf16(Number(from));
    const end = map.toUtf16(Number(to));
    if (start >= end || end > text.length) {
      refuse(
        line,
        `offsets ${from}-${to} lie outside the text, which has ${map.toCodePoint(text.length)} characters`,
      );
    }
    if (text.slice(start, end) !== name) {
      refuse(line, `the text at ${from}-${to} is "${text.slice(start, end)}", the annotation says "${name}"`);
    }
    const mention = { type, ...parseIds(ids, type, typeName), start, end, text: name };
    return [columns.length === 7 ? { ...mention, composite: true } : mention];
  };
}

/** Finds the CURIE of a relation's end: as the document's mentions have it, else by the form of the identifier. */
export function relationEnds(mentions: readonly Mention[]): (sourceId: string) => string | undefined {
  const known = new Map<string, string>();
  // A number can be a gene and a species; relations hold between genes, so species and cell lines come last.
  const last = (mention: Mention) => mention.type === "Species" || mention.type === "CellLine";
  for (const mention of [...mentions.filter((one) => !last(one)), ...mentions.filter(last)]) {
    for (const [index, sourceId] of mention.sourceIds.entries()) {
      const curie = mention.ids[index];
      if (curie !== undefined && !known.has(sourceId)) known.set(sourceId, curie);
    }
  }
  return (written) => {
    const sourceId = written.trim();
    const type = /^\d+$/.test(sourceId)
      ? "Gene"
      : /^[cgmnpr]\||^tmVar:/.test(sourceId)
        ? "Variant"
        : "Disease";
    return known.get(sourceId) ?? toCurie(sourceId, type);
  };
}

function parseRelation(row: Row, curieOf: (id: string) => string | undefined, refuse: Refuse): GoldRelation {
  const { line, columns } = row;
  if (columns.length !== 4 && columns.length !== 5) {
    refuse(line, `neither an annotation (6 or 7 columns) nor a relation (4 or 5): ${columns.length} columns`);
  }
  const [, type = "", one = "", other = "", note] = columns;
  const subject = curieOf(one);
  const object = curieOf(other);
  if (type === "") refuse(line, "a relation without a type");
  if (subject === undefined || object === undefined)
    return refuse(line, "a relation with an empty or null identifier");
  if (note === undefined || /^\d*\.?\d+(?:e-?\d+)?$/i.test(note)) return { subject, object, type };
  if (note !== "Novel" && note !== "No")
    refuse(line, `a relation's fifth column is Novel, No or a score, not "${note}"`);
  return { subject, object, type, novel: note === "Novel" };
}
