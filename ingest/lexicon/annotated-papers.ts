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
  /** Texts under their PMID or an identifier of their own; read after the others. */
  readonly texts: AsyncIterable<Document>;
  readonly recognizer?: Recognizer;
  /** What the dictionary finds with a higher grounding risk is left out; 1 by default. */
  readonly maxRisk?: number;
  /** Hears of each paper before it is given. */
  readonly onAnnotated?: (by: Annotator) => void;
}

/**
 * Streams every paper of both sources once: those that PubTator3 annotated, then the given texts, then those of
 * which PubTator3 has the text alone, which wait in memory.
 */
export async function* annotatedPapers(sources: PaperSources): AsyncGenerator<Document> {
  const { fetched, texts, onAnnotated } = sources;
  const given = new Set<string>();
  const bare = new Map<string, Document>();
  for await (const paper of fetched) {
    const id = publicationOf(paper);
    if (paper.mentions.length === 0) bare.set(id, paper);
    else {
      given.add(id);
      onAnnotated?.("PubTator3");
      yield paper;
    }
  }
  for await (const text of texts) {
    const id = publicationOf(text);
    if (given.has(id)) continue;
    given.add(id);
    bare.delete(id);
    yield fromDictionary(text, sources);
  }
  for (const paper of bare.values()) yield fromDictionary(paper, sources);
}

function fromDictionary(document: Document, { recognizer, maxRisk, onAnnotated }: PaperSources): Document {
  onAnnotated?.(recognizer === undefined ? "nobody" : "dictionary");
  return recognizer === undefined ? document : annotate(document, recognizer, maxRisk);
}

/** A document with what the dictionary finds in it; an ambiguous name goes to the likeliest entity. */
export function annotate(document: Document, recognizer: Recognizer, maxRisk = 1): Document {
  const mentions = recognizer
    .find(documentText(document))
    .filter(({ groundingRisk }) => groundingRisk <= maxRisk)
    .map(({ otherIds: _, groundingRisk: __, ...mention }) => {
      // Several identifiers would mean that the words name all of them.
      return { ...mention, ids: mention.ids.slice(0, 1), sourceIds: mention.sourceIds.slice(0, 1) };
    });
  return { ...document, mentions };
}
