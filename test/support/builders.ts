/**
 * Builders of test data: documents in our own words, with every offset worked out from the text, so that tests
 * say only what matters to them.
 */
import { toCurie } from "../../src/core/curie.js";
import { type Document, documentText, type GoldRelation, type Mention } from "../../src/core/document.js";
import type { EntityType } from "../../src/core/relation-types.js";

/** A mention by its words. `ids` are source identifiers, `occurrence` counts from 0 where the words repeat. */
export interface MentionWords {
  readonly text: string;
  readonly type: EntityType;
  readonly ids: readonly string[];
  readonly occurrence?: number;
}

/** What a document can be built from; every part has a default. */
export interface DocumentParts
  extends Partial<Pick<Document, "pmid" | "corpus" | "year" | "journal" | "doi" | "retracted">> {
  readonly title?: string;
  /** `undefined` gives the default abstract, `null` a document with a title only. */
  readonly abstract?: string | null;
  readonly mentions?: readonly MentionWords[];
  readonly relations?: readonly GoldRelation[];
}

const TITLE = "Aspirin lowers IL6 in patients with gout";
const ABSTRACT =
  "We gave aspirin to 40 patients with gout. IL6 fell by half. The TP53 variant R175H had no influence.";
const MENTIONS: readonly MentionWords[] = [
  { text: "Aspirin", type: "Chemical", ids: ["D001241"] },
  { text: "IL6", type: "Gene", ids: ["3569"] },
  { text: "patients", type: "Species", ids: ["9606"] },
  { text: "gout", type: "Disease", ids: ["D006073"] },
  { text: "aspirin", type: "Chemical", ids: ["D001241"] },
  { text: "gout", type: "Disease", ids: ["D006073"], occurrence: 1 },
  { text: "IL6", type: "Gene", ids: ["3569"], occurrence: 1 },
  { text: "TP53", type: "Gene", ids: ["7157"] },
  { text: "R175H", type: "Variant", ids: ["p|SUB|R|175|H"] },
];
const RELATIONS: readonly GoldRelation[] = [
  { subject: "MESH:D001241", object: "NCBIGene:3569", type: "Negative_Correlation", novel: true },
  { subject: "MESH:D001241", object: "MESH:D006073", type: "Negative_Correlation", novel: false },
];

/**
 * A document. Without parts: a title and an abstract with four kinds of entity, a variant and two relations.
 * Giving a title or an abstract drops the default mentions and relations; give your own.
 */
export function aDocument(parts: DocumentParts = {}): Document {
  const { title = TITLE, abstract = ABSTRACT, mentions, relations, pmid = "90010001", ...metadata } = parts;
  const ownText = parts.title !== undefined || parts.abstract !== undefined;
  const passages: Document["passages"] = [
    { kind: "title", offset: 0, text: title },
    ...(abstract === null ? [] : [{ kind: "abstract" as const, offset: title.length + 1, text: abstract }]),
  ];
  const words = mentions ?? (ownText ? [] : MENTIONS);
  return {
    pmid,
    passages,
    mentions: words.map((word) => aMention(documentText({ passages }), word)),
    relations: relations ?? (ownText || mentions !== undefined ? [] : RELATIONS),
    ...metadata,
  };
}

/** A mention at the place where the text has its words; throws where it has not. */
export function aMention(text: string, words: MentionWords): Mention {
  let start = -1;
  for (let found = 0; found <= (words.occurrence ?? 0); found += 1) {
    start = text.indexOf(words.text, start + 1);
    if (start === -1) throw new Error(`"${words.text}" does not occur ${found + 1} times in "${text}"`);
  }
  return {
    type: words.type,
    ids: words.ids.map((id) => toCurie(id, words.type) ?? id),
    sourceIds: words.ids,
    start,
    end: start + words.text.length,
    text: words.text,
  };
}
