/**
 * Papers with their mentions found for them [a2, a3]: PubTator3's annotations where it has any, otherwise the
 * dictionary's, in the text that was given or that PubTator3 sent without annotations. It fetches nothing.
 */
import { type Document, documentText, publicationOf } from "../../src/core/document.js";
import type { Recognizer } from "./recognizer.js";

/** Who found a paper's mentions; "nobody" where there is no dictionary to fall back on. */
export type Annotator = "PubTator3" | "dictionary" | "nobody";

/** Where papers come from. */
export interface PaperSources {
  /** As PubTator3 gives them, some without annotations. */
  readonly fetched: AsyncIterable<Document>;
  /** Texts by PMID or by an identifier of their own. */
  readonly texts: ReadonlyMap<string, Document>;
  readonly recognizer?: Recognizer;
  /** Hears of each paper before it is given. */
  readonly onAnnotated?: (by: Annotator) => void;
}

/** Streams every paper of both sources once: the fetched ones, then the texts that were not fetched. */
export async function* annotatedPapers(sources: PaperSources): AsyncGenerator<Document> {
  const { fetched, texts, recognizer, onAnnotated } = sources;
  const left = new Map(texts);
  for await (const paper of fetched) {
    const id = publicationOf(paper);
    const text = left.get(id) ?? paper;
    left.delete(id);
    if (paper.mentions.length === 0) yield fromDictionary(text, recognizer, onAnnotated);
    else {
      onAnnotated?.("PubTator3");
      yield paper;
    }
  }
  for (const text of left.values()) yield fromDictionary(text, recognizer, onAnnotated);
}

function fromDictionary(
  document: Document,
  recognizer: Recognizer | undefined,
  onAnnotated: PaperSources["onAnnotated"],
): Document {
  onAnnotated?.(recognizer === undefined ? "nobody" : "dictionary");
  return recognizer === undefined ? document : annotate(document, recognizer);
}

/** A document with what the dictionary finds in it; an ambiguous name carries all identifiers of its likeliest type. */
export function annotate(document: Document, recognizer: Recognizer, maxRisk = 1): Document {
  const mentions = recognizer
    .find(documentText(document))
    .filter(({ groundingRisk }) => groundingRisk <= maxRisk)
    .map(({ otherIds: _, groundingRisk: __, ...mention }) => mention);
  return { ...document, mentions };
}
