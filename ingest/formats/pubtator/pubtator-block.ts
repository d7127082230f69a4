/**
 * One block of a PubTator file, the lines of one document, into a `Document`. Everything that breaks the format
 * is refused with its line: wrong columns, another PMID, offsets that do not lead to the annotated text.
 * It reads no file; pubtator.ts cuts files into blocks.
 */
import { type Document, documentText, type Mention } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { offsetMap } from "../../../src/core/offsets.js";
import type { Warn } from "../../../src/core/read-options.js";
import type { EntityType } from "../../../src/core/relation-types.js";
import { required } from "../../../src/core/required.js";
import { checkDocument } from "../reading/document-consistency.js";
import { documentId, isPmcId, NO_ID } from "../reading/document-id.js";
import { entityTypeByName, isCompositeType, parseIds } from "../reading/entity-names.js";
import { noveltyOf, toGoldRelations, type WrittenGold } from "../reading/gold-relations.js";
import { isSameSpelling } from "../reading/mention-spelling.js";
import type { TextLine } from "../reading/text-lines.js";
import { parseBlockText, parseTextLine, type Refuse, type Row } from "./pubtator-text.js";
import { truncation } from "./truncation.js";

/** Parses one block; `file` is only named in errors. */
export function parsePubTatorBlock(
  block: readonly TextLine[],
  file: string | undefined,
  warn: Warn,
): Document {
  const written = parseTextLine(required(block[0], "a block's first line").text)?.id ?? "";
  const refuse: Refuse = (line, reason) => {
    const place = {
      line: line.number,
      ...(file === undefined ? {} : { file }),
      ...(written === "" ? {} : { pmid: written }),
    };
    throw new BioWeftError("BAD_INPUT", reason, { place });
  };
  for (const line of block.slice(-1)) {
    const cut = truncation(line);
    if (cut !== undefined) refuse(line, cut);
  }
  const { passages, metadata, rows } = parseBlockText(block, written, refuse);
  const pmid = documentId(written) ?? refuse(required(block[0], "a block's first line"), NO_ID);
  if (isPmcId(pmid)) warn("no-pmid", pmid);
  const mentionAt = mentionParser(documentText({ passages }), refuse, warn);
  const mentions: Mention[] = [];
  const relationRows: Row[] = [];
  for (const row of rows) {
    if (row.columns[0]?.trim() !== written.trim())
      refuse(row.line, `the line belongs to "${row.columns[0] ?? ""}", its block to "${written}"`);
    const annotation = toAnnotation(row);
    if (annotation === undefined) relationRows.push(row);
    else mentions.push(...mentionAt(row.line, annotation));
  }
  const relations = toGoldRelations(parseRelations(relationRows, refuse, warn), { mentions }, warn);
  const document = { pmid, passages, mentions, relations, ...metadata };
  checkDocument(document, { ...(file === undefined ? {} : { file }) });
  return document;
}

/** The cells of an annotation row. */
interface Annotation {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly typeName: string;
  readonly ids: string;
  /** BC5CDR's names of a composite's parts, or tmVar's rs number. */
  readonly seventh?: string;
  readonly columns: number;
}

const NUMBER = /^\s*[+-]?\d+(?:\.\d+)?\s*$/;

/** Rows with two numbers behind the PMID annotate, as do those with a mention's own number before type and offsets. */
function toAnnotation({ columns }: Row): Annotation | undefined {
  const [, one = "", two = "", three = "", four = "", five = "", six] = columns;
  if (NUMBER.test(one) && NUMBER.test(two) && columns.length !== 3 && !/^Subject:/i.test(three)) {
    const seventh = six === undefined || six.trim() === "" ? {} : { seventh: six.trim() };
    const filled = columns.length === 7 && six?.trim() === "" ? 6 : columns.length;
    return { from: one, to: two, name: three, typeName: four, ids: five, ...seventh, columns: filled };
  }
  if (/^T\d+$/.test(one) && columns.length === 6 && NUMBER.test(three) && NUMBER.test(four)) {
    return { from: three, to: four, name: five, typeName: two, ids: "", columns: 6 };
  }
  return undefined;
}

/** Makes the parser of annotation rows for one text; types that are none of ours give no mention. */
function mentionParser(text: string, refuse: Refuse, warn: Warn) {
  const map = offsetMap(text);
  return (line: TextLine, annotation: Annotation): Mention[] => {
    const { from, to, name, typeName, columns } = annotation;
    const place = { line: line.number };
    if (columns < 5 || columns > 7) {
      refuse(line, `an annotation has 6 columns (7 for a composite), not ${columns}`);
    }
    const [first, last] = [Number(from), Number(to)];
    if (!Number.isInteger(first) || !Number.isInteger(last) || first < 0) {
      refuse(line, `offsets are whole numbers from 0, not ${from.trim()}-${to.trim()}`);
    }
    const type = entityTypeByName(typeName);
    if (type === undefined) {
      warn("unknown-type", typeName, place);
      return [];
    }
    const [start, end] = [map.toUtf16(first), map.toUtf16(last)];
    if (start >= end || end > text.length) {
      const length = map.toCodePoint(text.length);
      refuse(
        line,
        start === end
          ? `an empty mention, ${from}-${to}`
          : `offsets ${from}-${to} lie outside the text, which has ${length} characters`,
      );
    }
    const found = text.slice(start, end);
    if (found !== name) {
      if (!isSameSpelling(found, name)) {
        refuse(line, `the text at ${from}-${to} is "${found}", the annotation says "${name}"`);
      }
      warn("other-spelling", name, place);
    }
    const ids = parseIds(idField(annotation, type), type, typeName, (id) =>
      warn("bad-identifier", id, place),
    );
    if (ids.ids.length === 0) warn("no-identifier", found, place);
    const mention = { type, ...ids, start, end, text: found };
    const composite = isCompositeType(typeName) || (columns === 7 && type !== "Variant");
    return [composite ? { ...mention, composite: true } : mention];
  };
}

// One number, or the first of several.
const RS_COLUMN = /^(?:(?:rs#?|rsid|dbsnp)\s*:?\s*)?(?:rs)?(\d+)(?:\s*[,;|].*)?$/i;

/** The identifier field, with the rs number of tmVar's seventh column as one of its fields. */
function idField({ ids, seventh }: Annotation, type: EntityType): string {
  const rs = type === "Variant" ? RS_COLUMN.exec(seventh ?? "")?.[1] : undefined;
  if (rs === undefined || ids.includes(rs)) return ids;
  return `${ids.trim() === "" || ids.trim() === "-" ? "" : `${ids};`}RS#:${rs}`;
}

/** The relations of a block, with the directions that further rows give them: `PMID, id, id, Subject:id`. */
function parseRelations(rows: readonly Row[], refuse: Refuse, warn: Warn): WrittenGold[] {
  const directed = new Map<string, string>();
  const unused = new Map<string, Row>();
  const relations: Row[] = [];
  for (const row of rows) {
    const [, one = "", other = "", third = ""] = row.columns;
    const from = row.columns.length === 4 ? /^Subject:(.*)$/i.exec(third)?.[1] : undefined;
    if (from === undefined) relations.push(row);
    else {
      directed.set(endsKey(one, other), from.trim());
      unused.set(endsKey(one, other), row);
    }
  }
  const written = relations.map((row): WrittenGold => {
    const relation = parseRelation(row, refuse);
    const key = endsKey(
      required(row.columns[2], "a relation's one end"),
      required(row.columns[3], "a relation's other end"),
    );
    unused.delete(key);
    const directedFrom = directed.get(key);
    return directedFrom === undefined ? relation : { ...relation, directedFrom };
  });
  for (const { line, columns } of unused.values()) {
    warn("relation-direction", columns.slice(1).join(" "), { line: line.number });
  }
  return written;
}

/** The same for both orders, as the rows of directions have their own. */
function endsKey(one: string, other: string): string {
  return [one.trim(), other.trim()].sort().join("\t");
}

function parseRelation({ line, columns }: Row, refuse: Refuse): WrittenGold {
  if (columns.length < 4 || columns.length > 6) {
    refuse(line, `neither an annotation (6 or 7 columns) nor a relation (4 to 6): ${columns.length} columns`);
  }
  const [, type = "", one = "", other = "", ...notes] = columns;
  if (type.trim() === "") refuse(line, "a relation without a type");
  const place = { line: line.number };
  const said = notes.map((note) => note.trim()).filter((note) => note !== "" && !isScore(note));
  const novel = said.map(noveltyOf).find((one) => one !== undefined);
  const unread = said.find((note) => noveltyOf(note) === undefined);
  if (unread !== undefined)
    refuse(line, `a relation's fifth column is Novel, No or a score, not "${unread}"`);
  return { type, ends: [one, other], ...(novel === undefined ? {} : { novel }), place };
}

function isScore(note: string): boolean {
  return /^[+-]?\d*\.?\d+(?:e[+-]?\d+)?$/i.test(note);
}
