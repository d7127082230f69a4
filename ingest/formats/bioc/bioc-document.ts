/**
 * A BioC document, in whichever spelling it came and already checked for its shape, into a `Document`. Offsets are
 * code points of the whole document and leave as UTF-16. bioc-json.ts and bioc-xml.ts read the files.
 */
import { type Document, documentText, type Mention, type Passage } from "../../../src/core/document.js";
import { BioWeftError, type ErrorPlace } from "../../../src/core/errors.js";
import { type OffsetMap, offsetMap } from "../../../src/core/offsets.js";
import type { Warn } from "../../../src/core/read-options.js";
import { checkDocument, WIDEST_GAP } from "../reading/document-consistency.js";
import { isPmcId } from "../reading/document-id.js";
import { entityTypeByName, isCompositeType, parseIds } from "../reading/entity-names.js";
import { toGoldRelations, type WrittenGold } from "../reading/gold-relations.js";
import { isSameSpelling } from "../reading/mention-spelling.js";
import { foldInfons, infonIds, infonType } from "./bioc-infons.js";
import { passageKind, publicationMetadata } from "./bioc-publication.js";
import { type AnnotatedIds, toWrittenGold } from "./bioc-relations.js";
import type { BioCAnnotation, BioCDocument, BioCPassage } from "./bioc-schema.js";

/** Converts one document. Throws BAD_INPUT where passages overlap or a mention isn't where it says. */
export function toDocument(source: BioCDocument, where: ErrorPlace, warn: Warn): Document {
  const parts = source.passages.map(wholePassage).sort((a, b) => a.offset - b.offset);
  const metadata = publicationMetadata({ ...source, passages: parts }, where);
  const place = { ...where, pmid: metadata.pmid };
  if (isPmcId(metadata.pmid)) warn("no-pmid", metadata.pmid, place);
  const passages = toPassages(parts, place);
  const text = documentText({ passages });
  const mentionOf = mentionMaker(text, offsetMap(text), place, warn);
  const mentions: Mention[] = [];
  const everywhere = new Map<string, (readonly string[])[]>();
  const written: WrittenGold[] = [];
  for (const part of parts) {
    const here = new Map<string, (readonly string[])[]>();
    for (const annotation of part.annotations) {
      const mention = mentionOf(annotation);
      if (mention === undefined) continue;
      mentions.push(mention);
      for (const ids of [here, everywhere]) note(ids, annotation.id, mention.ids);
    }
    if (part.relations.length === 0) continue;
    const annotated: AnnotatedIds = new Map([...everywhere, ...here]);
    written.push(...part.relations.flatMap((relation) => toWrittenGold(relation, annotated, place)));
  }
  written.unshift(...source.relations.flatMap((relation) => toWrittenGold(relation, everywhere, place)));
  const relations = toGoldRelations(written, { mentions }, warn);
  const document = { ...metadata, passages, mentions, relations };
  checkDocument(document, place);
  return document;
}

function note(
  ids: Map<string, (readonly string[])[]>,
  id: string | undefined,
  curies: readonly string[],
): void {
  if (id === undefined) return;
  const known = ids.get(id);
  if (known === undefined) ids.set(id, [curies]);
  else known.push(curies);
}

/** A passage that is given by its sentences, put together again: their texts at their offsets, all that they hold. */
function wholePassage(passage: BioCPassage): BioCPassage {
  const sentences = passage.sentences.toSorted((a, b) => a.offset - b.offset);
  if (sentences.length === 0) return passage;
  return {
    ...passage,
    text:
      passage.text === undefined || passage.text === "" ? joinedSentences(passage, sentences) : passage.text,
    annotations: [...passage.annotations, ...sentences.flatMap(({ annotations }) => annotations)],
    relations: [...passage.relations, ...sentences.flatMap(({ relations }) => relations)],
  };
}

/** The sentences' texts at their offsets, which count code points. */
function joinedSentences(passage: BioCPassage, sentences: BioCPassage["sentences"]): string {
  const parts: string[] = [];
  let length = 0;
  const add = (part: string): void => {
    parts.push(part);
    length += offsetMap(part).toCodePoint(part.length);
  };
  for (const { offset, text = "" } of sentences) {
    const gap = offset - passage.offset - length;
    add(" ".repeat(Math.min(Math.max(gap, 0), WIDEST_SENTENCE_GAP)));
    add(text);
  }
  return parts.join("");
}

// Two sentences of a passage stand side by side; wider gaps are left for the mentions to find wrong.
const WIDEST_SENTENCE_GAP = 1000;

/** Passages at UTF-16 offsets: each one is shifted by the astral characters of those before it. */
function toPassages(parts: readonly BioCPassage[], place: ErrorPlace): Passage[] {
  let shift = 0;
  let end = 0;
  return parts.map((passage, index) => {
    const text = passage.text ?? "";
    const offset = passage.offset + shift;
    if (offset < end)
      throw new BioWeftError("BAD_INPUT", `passage ${index + 1} overlaps the one before`, { place });
    if (offset - end > WIDEST_GAP) {
      const reason = `passage ${index + 1} begins at ${offset}, far behind the one before, which ends at ${end}`;
      throw new BioWeftError("BAD_INPUT", reason, { place });
    }
    end = offset + text.length;
    shift += text.length - offsetMap(text).toCodePoint(text.length);
    return { kind: passageKind(passage, index), offset, text };
  });
}

/** Makes the parser of annotations for one text; those of types that are none of ours, and the parts of composites, give no mention. */
function mentionMaker(text: string, { toUtf16 }: OffsetMap, place: ErrorPlace, warn: Warn) {
  return ({ infons: raw, locations, text: written }: BioCAnnotation): Mention | undefined => {
    const infons = foldInfons(raw);
    const role = infons.get("compositerole");
    if (role === "IndividualMention") return undefined;
    const typeName = infonType(infons);
    const type = entityTypeByName(typeName);
    if (type === undefined) {
      warn("unknown-type", typeName === "" ? "no type" : typeName, place);
      return undefined;
    }
    // A mention in several pieces is taken as the stretch from the first to the last.
    const start = toUtf16(Math.min(...locations.map(({ offset }) => offset)));
    const end = toUtf16(Math.max(...locations.map(({ offset, length }) => offset + length)));
    const found = text.slice(start, end);
    const refuse = (reason: string): never => {
      throw new BioWeftError("BAD_INPUT", reason, { place });
    };
    if (end > text.length)
      refuse(`offsets ${start}-${end} lie outside the text, which ends at ${text.length}`);
    if (locations.length === 1 && found !== written) {
      if (!isSameSpelling(found, written)) {
        refuse(`the text at ${start}-${end} is "${found}", the mention says "${written}"`);
      }
      warn("other-spelling", written, place);
    }
    const ids = parseIds(infonIds(infons, type), type, typeName, (id) => warn("bad-identifier", id, place));
    if (ids.ids.length === 0) warn("no-identifier", found, place);
    const mention = { type, ...ids, start, end, text: found };
    return role === "CompositeMention" || isCompositeType(typeName)
      ? { ...mention, composite: true }
      : mention;
  };
}
