/**
 * `Document` as JSON, one a line: our own lossless form, UTF-16 offsets and canonical CURIEs as they are inside.
 * Predictions may ride along in a field of their own; the reader passes over it.
 */
import { z } from "zod";
import { isNullId, toCurie } from "../../../src/core/curie.js";
import { type Document, type Mention, PASSAGE_KINDS } from "../../../src/core/document.js";
import { BioWeftError, type ErrorPlace } from "../../../src/core/errors.js";
import { parseWarned, type ReadOptions, reject, type Warn } from "../../../src/core/read-options.js";
import { ENTITY_TYPES, type EntityType } from "../../../src/core/relation-types.js";
import { required } from "../../../src/core/required.js";
import { checkDocument } from "../reading/document-consistency.js";
import { parseJson } from "../reading/schema-faults.js";
import type { ScoredRelation } from "../reading/scored-relation.js";
import { readLines } from "../reading/text-lines.js";

const offset = z.int().nonnegative();
const documentSchema = z.object({
  pmid: z.string().min(1),
  publication: z.exactOptional(z.string().min(1)),
  passages: z.array(
    z.object({
      kind: z.enum(PASSAGE_KINDS),
      offset,
      text: z.string(),
      sentence: z.exactOptional(z.literal(true)),
    }),
  ),
  mentions: z.array(
    z.object({
      type: z.enum(ENTITY_TYPES),
      ids: z.array(z.string().min(1)),
      sourceIds: z.array(z.string()),
      start: offset,
      end: offset,
      text: z.string(),
      composite: z.exactOptional(z.literal(true)),
      joinedText: z.exactOptional(z.string()),
    }),
  ),
  relations: z.array(
    z.object({
      subject: z.string().min(1),
      object: z.string().min(1),
      type: z.string().min(1),
      novel: z.exactOptional(z.boolean()),
      directedFrom: z.exactOptional(z.string().min(1)),
    }),
  ),
  naryRelations: z.exactOptional(
    z.array(z.object({ ids: z.array(z.string().min(1)).min(2), type: z.string().min(1) })),
  ),
  corpus: z.exactOptional(z.string()),
  title: z.exactOptional(z.string()),
  year: z.exactOptional(z.int()),
  journal: z.exactOptional(z.string()),
  doi: z.exactOptional(z.string()),
  retracted: z.exactOptional(z.boolean()),
});

/** One line's document. Throws BAD_INPUT naming the place and the field. */
export function parseDocumentLine(text: string, place: ErrorPlace = {}, warn: Warn = () => {}): Document {
  const document = parseJson(documentSchema, text, place);
  checkDocument(document, place);
  return withoutNulls(document, warn);
}

/** Identifiers that are none, as other programs write them, and the relations that rest on them, are left out here too. */
function withoutNulls(document: Document, warn: Warn): Document {
  const isNone = (id: string, type: EntityType) => toCurie(id, type) === undefined;
  const mentions = document.mentions.map((mention): Mention => {
    const { ids, sourceIds, type } = mention;
    if (!ids.some((id) => isNone(id, type))) return mention;
    const kept = ids.flatMap((id, index) => (isNone(id, type) ? [] : [index]));
    for (const id of ids) if (isNone(id, type)) warn("bad-identifier", id);
    return {
      ...mention,
      ids: kept.map((at) => required(ids[at], "an identifier that is kept")),
      sourceIds: kept.map((at) => sourceIds[at] ?? ""),
    };
  });
  const relations = document.relations.filter(({ type, subject, object }) => {
    if (!isNullId(subject) && !isNullId(object)) return true;
    warn("relation-null", `${type} ${subject} ${object}`);
    return false;
  });
  return { ...document, mentions, relations };
}

/** A document as one line, its end included; `predictions` are written beside it where given. */
export function toDocumentLine(document: Document, predictions?: readonly ScoredRelation[]): string {
  return `${JSON.stringify(predictions === undefined ? document : { ...document, predictions })}\n`;
}

/** Streams the documents of a JSON Lines file. Throws BAD_INPUT with file, line and field. */
export async function* readDocumentLines(
  file: string,
  options: ReadOptions = {},
  chunks?: AsyncIterable<Buffer>,
): AsyncGenerator<Document> {
  for await (const { number: line, text, fault: damage } of readLines(file, chunks)) {
    if (text.trim() === "" && damage === undefined) continue;
    try {
      if (damage !== undefined) throw new BioWeftError("BAD_INPUT", damage, { place: { file, line } });
      yield parseWarned(options, { file, line }, (warn) => parseDocumentLine(text, { file, line }, warn));
    } catch (fault) {
      reject(fault, options);
    }
  }
}
