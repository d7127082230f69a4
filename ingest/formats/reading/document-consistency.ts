/**
 * What must hold in every document beyond its shape: passages in order, mentions where the text says so.
 */
import { type Document, documentText } from "../../../src/core/document.js";
import { BioWeftError, type ErrorPlace } from "../../../src/core/errors.js";

/** Throws BAD_INPUT where passages overlap or a mention's text is not the text at its offsets. */
export function checkDocument(document: Document, place: ErrorPlace): void {
  const refuse = (reason: string): never => {
    throw new BioWeftError("BAD_INPUT", reason, { place: { ...place, pmid: document.pmid } });
  };
  let end = 0;
  for (const passage of document.passages) {
    if (passage.offset < end) refuse(`the passage at ${passage.offset} overlaps the one that ends at ${end}`);
    end = passage.offset + passage.text.length;
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
