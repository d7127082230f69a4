/**
 * Reads the XML of corpora that annotate sentence by sentence, which DDI 2013 and the unified PPI corpora share:
 * <document> with <sentence text="…">, in it <entity charOffset="…"> and pairs of entities. Offsets count within
 * the sentence, in code points. A mention has no identity beyond its place, so each is an entity of its own.
 * Source: Pyysalo et al. 2008 (unified PPI format); Segura-Bedmar et al. 2013 (DDI).
 */
import {
  type Document,
  documentText,
  type GoldRelation,
  type Mention,
  type Passage,
} from "../../../src/core/document.js";
import { BioWeftError, type ErrorPlace } from "../../../src/core/errors.js";
import { offsetMap } from "../../../src/core/offsets.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import type { EntityType } from "../../../src/core/relation-types.js";
import { checkDocument } from "../reading/document-consistency.js";
import { childrenOf, readXmlElements, type XmlElement } from "../reading/xml-elements.js";

/** How one corpus writes this form. */
export interface SentenceXmlDialect {
  /** Prefix of the identifiers that we give its mentions, e.g. `DDI`. */
  readonly prefix: string;
  /** What all of its entities are. */
  readonly entityType: EntityType;
  /** Whether `charOffset`'s second number is the last character, not the one after it. */
  readonly inclusiveEnd: boolean;
  /** The element that holds a pair, and what it asserts: a type, or undefined for a pair that is not related. */
  readonly pairElement: string;
  readonly pairType: (attributes: Readonly<Record<string, string>>) => string | undefined;
}

/**
 * Streams a file's documents, a passage for each sentence. A document is known by its `origId`, a PMID, or else
 * by its own id. A mention in several pieces is the stretch from the first to the last. Throws BAD_INPUT with
 * file and line, NOT_FOUND for no file.
 */
export async function* readSentenceXml(
  file: string,
  dialect: SentenceXmlDialect,
  options: ReadOptions = {},
): AsyncGenerator<Document> {
  try {
    for await (const element of readXmlElements(file, ["document"])) {
      try {
        yield toDocument(element, file, dialect);
      } catch (fault) {
        reject(fault, options);
      }
    }
  } catch (fault) {
    reject(fault, options);
  }
}

function toDocument(element: XmlElement, file: string, dialect: SentenceXmlDialect): Document {
  const place = { file, line: element.line };
  const id = attribute(element, "id", place);
  const passages: Passage[] = [];
  const mentions = new Map<string, Mention>();
  const relations: GoldRelation[] = [];
  let offset = 0;
  for (const sentence of childrenOf(element, "sentence")) {
    const text = attribute(sentence, "text", { file, line: sentence.line });
    passages.push({ kind: "body", offset, text, sentence: true });
    for (const entity of childrenOf(sentence, "entity")) {
      mentions.set(attribute(entity, "id", place), toMention(entity, { text, offset, file }, dialect));
    }
    relations.push(...toRelations(sentence, mentions, file, dialect));
    offset += text.length + 1;
  }
  const pmid = element.attributes["origId"] ?? id;
  const document = { pmid, passages, mentions: [...mentions.values()], relations };
  if (documentText(document).trim() === "") {
    throw new BioWeftError("BAD_INPUT", "a document without text", { place: { ...place, pmid } });
  }
  checkDocument(document, { ...place, pmid });
  return document;
}

function toMention(
  entity: XmlElement,
  sentence: { readonly text: string; readonly offset: number; readonly file: string },
  { prefix, entityType, inclusiveEnd }: SentenceXmlDialect,
): Mention {
  const place = { file: sentence.file, line: entity.line };
  const id = attribute(entity, "id", place);
  const written = attribute(entity, "charOffset", place);
  const name = attribute(entity, "text", place);
  if (!/^\d+-\d+(?:[;,]\d+-\d+)*$/.test(written)) {
    throw new BioWeftError("BAD_INPUT", `${id} has the offsets "${written}", not such as 3-9 or 3-9;14-20`, {
      place,
    });
  }
  const map = offsetMap(sentence.text);
  const pieces = written.split(/[;,]/).map((piece) => {
    const [from = 0, to = 0] = piece.split("-").map(Number);
    return { from: map.toUtf16(from), to: map.toUtf16(inclusiveEnd ? to + 1 : to) };
  });
  const start = Math.min(...pieces.map(({ from }) => from));
  const end = Math.max(...pieces.map(({ to }) => to));
  const stretch = sentence.text.slice(start, end);
  if (pieces.length === 1 && stretch !== name) {
    const reason = `the text of ${id} at ${written} is "${stretch}", the entity says "${name}"`;
    throw new BioWeftError("BAD_INPUT", reason, { place });
  }
  return {
    type: entityType,
    ids: [`${prefix}:${id}`],
    sourceIds: [id],
    start: sentence.offset + start,
    end: sentence.offset + end,
    text: stretch,
    ...(pieces.length === 1 ? {} : { joinedText: name }),
  };
}

function toRelations(
  sentence: XmlElement,
  mentions: ReadonlyMap<string, Mention>,
  file: string,
  { pairElement, pairType }: SentenceXmlDialect,
): GoldRelation[] {
  return childrenOf(sentence, pairElement).flatMap((pair) => {
    const place = { file, line: pair.line };
    const [subject, object] = ["e1", "e2"].map((end) => mentions.get(attribute(pair, end, place))?.ids[0]);
    if (subject === undefined || object === undefined) {
      throw new BioWeftError("BAD_INPUT", `the ${pairElement}'s e1 or e2 is no entity of the document`, {
        place,
      });
    }
    const type = pairType(pair.attributes);
    return type === undefined ? [] : [{ subject, object, type }];
  });
}

function attribute(element: XmlElement, name: string, place: ErrorPlace): string {
  const value = element.attributes[name];
  if (value !== undefined) return value;
  throw new BioWeftError("BAD_INPUT", `<${element.name}> lacks its ${name}`, { place });
}
