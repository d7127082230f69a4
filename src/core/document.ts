/**
 * A document as every room speaks of it: passages, entity mentions, and the relations an annotator gave it.
 * All offsets are UTF-16 code units into `documentText(document)`; readers convert at the border (offsets.ts).
 */
import type { EntityType } from "./relation-types.js";

/** What part of a publication a passage is. A caption is a figure's or a table's, its title and footnotes among it. */
export const PASSAGE_KINDS = ["title", "abstract", "body", "caption", "table"] as const;
export type PassageKind = (typeof PASSAGE_KINDS)[number];

/** A stretch of text. `offset` is where it begins in the document, in UTF-16 code units. */
export interface Passage {
  readonly kind: PassageKind;
  readonly offset: number;
  readonly text: string;
  /** Set where the corpus itself cut its text into sentences, and this is one. */
  readonly sentence?: true;
}

/**
 * One place where the text names an entity (or several: a composite mention carries all their identifiers).
 * `ids` are CURIEs in canonical form; `sourceIds` the same identifiers as the source spelled them, index by
 * index, so that a file can be written back in its own dialect. Both are empty where the source gave none.
 */
export interface Mention {
  readonly type: EntityType;
  readonly ids: readonly string[];
  readonly sourceIds: readonly string[];
  /** UTF-16 offset of the first unit in the document. */
  readonly start: number;
  /** UTF-16 offset after the last unit. */
  readonly end: number;
  readonly text: string;
  /** Set where the source marks the words as several names in one ("ovarian and breast cancer"). */
  readonly composite?: true;
  /** What a mention in several pieces spells ("loop diuretics" in "loop or thiazide diuretics"); `text` is the stretch. */
  readonly joinedText?: string;
}

/**
 * A relation that an annotator or a corpus asserts. Undirected. `type` is BioRED's where the corpus is BioRED,
 * otherwise the corpus's own label until it is harmonised.
 */
export interface GoldRelation {
  readonly subject: string;
  readonly object: string;
  readonly type: string;
  /** BioRED's novelty mark: whether the paper claims it as its own finding. */
  readonly novel?: boolean;
  /** The end that acts on the other, where the annotator says so: one of `subject` and `object`, whose order says nothing. */
  readonly directedFrom?: string;
}

/** A relation of two or more entities at once, such as a combination of drugs; unordered. */
export interface NaryRelation {
  readonly ids: readonly string[];
  /** The corpus's own label; it is never harmonised. */
  readonly type: string;
}

/** One publication's text and annotations. */
export interface Document {
  /** PubMed identifier, or the corpus's own document identifier where it has none. */
  readonly pmid: string;
  /** The paper's PubMed identifier, where a corpus numbers parts of papers and `pmid` is such a number. */
  readonly publication?: string;
  readonly passages: readonly Passage[];
  readonly mentions: readonly Mention[];
  readonly relations: readonly GoldRelation[];
  /** Set by corpora that relate more than two entities; `relations` holds their pairs then. */
  readonly naryRelations?: readonly NaryRelation[];
  /** Name of the annotated corpus it came from, as in `bioweft corpora`. */
  readonly corpus?: string;
  readonly title?: string;
  readonly year?: number;
  readonly journal?: string;
  readonly doi?: string;
  readonly retracted?: boolean;
}

/** The document's whole text: passages at their offsets, the gaps between them filled with spaces. */
export function documentText(document: Pick<Document, "passages">): string {
  const parts: string[] = [];
  let length = 0;
  for (const { offset, text } of document.passages) {
    // Only what overlaps, which readers refuse, is cut: cutting at every passage would take time by their square.
    if (offset < length) parts.splice(0, parts.length, parts.join("").slice(0, offset));
    else parts.push(" ".repeat(offset - length));
    parts.push(text);
    length = offset + text.length;
  }
  return parts.join("");
}

/** The PubMed identifier of the paper that a document is, or is a part of. */
export function publicationOf(document: Document): string {
  return document.publication ?? document.pmid;
}

/** Orders stretches of a text as they stand in it, the shorter first where two begin together. */
export function inTextOrder(
  a: { readonly start: number; readonly end: number },
  b: { readonly start: number; readonly end: number },
): number {
  return a.start - b.start || a.end - b.end;
}

/** The title: the field where the source gave one, else the title passage, else an empty string. */
export function documentTitle(document: Document): string {
  return document.title ?? document.passages.find((passage) => passage.kind === "title")?.text ?? "";
}

/** Whether any passage but the title holds text: a paper without an abstract has nothing to extract from. */
export function hasAbstract(document: Document): boolean {
  return document.passages.some((passage) => passage.kind !== "title" && passage.text.trim() !== "");
}
