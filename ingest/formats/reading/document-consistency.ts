/**
 * What must hold in every document beyond its shape: passages in order, mentions where the text says so.
 */
import { type Document, documentText } from "../../../src/core/document.js";
import { BioWeftError, type ErrorPlace } from "../../../src/core/errors.js";
import { documentId, NO_ID } from "./document-id.js";

/** The gap between two passages is filled with blanks; no document leaves out a million characters. */
export const WIDEST_GAP = 1_000_000;

/**
 * Throws BAD_INPUT where a document has no identifier, passages overlap or lie absurdly far apart, a text holds a NUL,
 * or a mention's text is not the text at its offsets.
 */
export function checkDocument(document: Document, place: ErrorPlace): void {
  const refuse = (reason: string): never => {
    throw new BioWeftError("BAD_INPUT", reason, { place: { ...place, pmid: document.pmid } });
  };
  if (documentId(document.pmid) === undefined) refuse(NO_ID);
  let end = 0;
  for (const passage of document.passages) {
    if (passage.offset - end > WIDEST_GAP)
      refuse(`the passage at ${passage.offset} lies far behind the one before, which ends at ${end}`);
    if (passage.text.includes("\0"))
      refuse(`the passage at ${passage.offset} holds a NUL, which no text does`);
    if (passage.offset < end) refuse(`the passage at ${passage.offset} overlaps the one that ends at ${end}`);
    end = passage.offset + passage.text.length;
  }
  for (const { subject, object, directedFrom } of document.relations) {
    if (directedFrom !== undefined && directedFrom !== subject && directedFrom !== object)
      refuse(`a relation of ${subject} and ${object} is directed from ${directedFrom}, which is neither`);
  }
  const text = documentText(document);
  for (const mention of document.mentions) {
    const { start } = mention;
    const found = text.slice(start, mention.end);
    if (mention.end > text.length)
      refuse(`offsets ${start}-${mention.end} lie outside the text, which ends at ${end}`);
    if (found === "" || found !== mention.text) {
      refuse(`the text at ${start}-${mention.end} is "${found}", the mention says "${mention.text}"`);
    }
    if (mention.ids.length !== mention.sourceIds.length)
      refuse(`"${mention.text}" has ids and sourceIds of different number`);
  }
}
