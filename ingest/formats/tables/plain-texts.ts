/**
 * Texts without annotations, one a line: title, a tab and abstract, or one of them; in a table of papers an
 * identifier and a tab stand before. They become documents that wait for their mentions.
 */
import type { Document } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { required } from "../../../src/core/required.js";
import { documentId } from "../reading/document-id.js";
import { readLines } from "../reading/text-lines.js";

/** A text and its line, counted from 1. */
interface PlainText {
  readonly line: number;
  readonly document: Document;
}

/**
 * Streams a file's texts; blank lines are passed over. With `identified` a line begins with the text's PMID, or
 * another identifier without a bar, otherwise its number is the identifier. Throws BAD_INPUT with file and line.
 */
export async function* readPlainTexts(
  file: string,
  form: { readonly identified: boolean },
  options: ReadOptions = {},
  chunks?: AsyncIterable<Buffer>,
): AsyncGenerator<PlainText> {
  for await (const { number: line, text, fault } of readLines(file, chunks)) {
    if (text.trim() === "" && fault === undefined) continue;
    try {
      if (fault !== undefined) throw new BioWeftError("BAD_INPUT", fault, { place: { file, line } });
      const cells = text.split("\t");
      const id = form.identified ? required(cells.shift(), "a line's first cell").trim() : String(line);
      if (documentId(id) === undefined || /[|\s]/.test(id) || cells.every((cell) => cell.trim() === "")) {
        const reason = "a paper is its identifier (a PMID), a tab and its text: title, a tab, abstract";
        throw new BioWeftError("BAD_INPUT", reason, { place: { file, line } });
      }
      yield { line, document: toDocument(id, cells) };
    } catch (thrown) {
      reject(thrown, options);
    }
  }
}

function toDocument(pmid: string, [title = "", ...rest]: readonly string[]): Document {
  return {
    pmid,
    passages: [
      { kind: "title", offset: 0, text: title },
      { kind: "abstract", offset: title.length + 1, text: rest.join(" ") },
    ],
    mentions: [],
    relations: [],
  };
}
