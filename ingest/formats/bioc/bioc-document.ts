/**
 * A BioC document, in whichever spelling it came and already checked for its shape, into a `Document`. Offsets are
 * code points of the whole document and leave as UTF-16. bioc-json.ts and bioc-xml.ts read the files.
 */
import {
  type Document,
  documentText,
  type GoldRelation,
  type Mention,
  type Passage,
} from "../../../src/core/document.js";
import { BioWeftError, type ErrorPlace } from "../../../src/core/errors.js";
import { log } from "../../../src/core/log.js";
import { offsetMap } from "../../../src/core/offsets.js";
import { relationEnds } from "../pubtator/pubtator-block.js";
import { checkDocument } from "../reading/document-consistency.js";
import { entityTypeByName, isLeftOutType, parseIds } from "../reading/entity-names.js";
import { passageKind, publicationMetadata } from "./bioc-publication.js";
import { type BioCAnnotation, type BioCDocument, type BioCRelation, relationEnd } from "./bioc-schema.js";

/** Converts one document. Throws BAD_INPUT where passages overlap or a mention isn't where it says. */
export function toDocument(source: BioCDocument, where: ErrorPlace): Document {
  const metadata = publicationMetadata(source);
  const place = { ...where, pmid: metadata.pmid };
  const passages = toPassages(source, place);
  const text = documentText({ passages });
  const map = offsetMap(text);
  const mentions = source.passages
    .flatMap((passage) => passage.annotations)
    .flatMap((annotation) => toMention(annotation, text, map.toUtf16, place));
  const curieOf = relationEnds(mentions);
  const relations = source.relations.map((relation) => toRelation(relation, curieOf, place));
  const document = { ...metadata, passages, mentions, relations };
  checkDocument(document, place);
  return document;
}

/** Passages at UTF-16 offsets: each one is shifted by the astral characters of those before it. */
function toPassages(source: BioCDocument, place: ErrorPlace): Passage[] {
  let shift = 0;
  let end = 0;
  return source.passages.map((passage, index) => {
    const { text } = passage;
    const offset = passage.offset + shift;
    if (offset < end)
      throw new BioWeftError("BAD_INPUT", `passage ${index + 1} overlaps the one before`, { place });
    end = offset + text.length;
    shift += text.length - [...text].length;
    return { kind: passageKind(passage, index), offset, text };
  });
}

function toMention(
  annotation: BioCAnnotation,
  text: string,
  toUtf16: (codePoint: number) => number,
  place: ErrorPlace,
): Mention[] {
  const { type: typeName, identifier, CompositeRole } = annotation.infons;
  const type = entityTypeByName(typeName);
  if (type === undefined) {
    if (!isLeftOutType(typeName))
      log("warn", "left out a mention of a type we do not know", { type: typeName, ...place });
    return [];
  }
  const start = toUtf16(Math.min(...annotation.locations.map((location) => location.offset)));
  const end = toUtf16(Math.max(...annotation.locations.map((location) => location.offset + location.length)));
  // A mention in several pieces is taken as the stretch from the first to the last.
  const spelled = annotation.locations.length > 1 ? text.slice(start, end) : annotation.text;
  const mention = { type, ...parseIds(identifier ?? "", type, typeName), start, end, text: spelled };
  return [CompositeRole === "CompositeMention" ? { ...mention, composite: true } : mention];
}

function toRelation(
  relation: BioCRelation,
  curieOf: (sourceId: string) => string | undefined,
  place: ErrorPlace,
): GoldRelation {
  const { type, novel } = relation.infons;
  const [subject, object] = ([1, 2] as const).map((end) => curieOf(relationEnd(relation, end) ?? ""));
  if (subject === undefined || object === undefined) {
    throw new BioWeftError(
      "BAD_INPUT",
      `a ${type} relation that lacks an end (entity1/entity2 or role1/role2)`,
      { place },
    );
  }
  return { subject, object, type, ...(novel === undefined ? {} : { novel: novel === "Novel" }) };
}
