/**
 * Reads PubTator files of every dialect in use (BioRED, BC5CDR, the BioREx authors' copies, our samples) into
 * `Document`s: blocks of `PMID|t|`, `PMID|a|`, annotation and relation lines. Offsets come as code points and
 * leave as UTF-16. Our own extension is a few optional lines after the abstract, which other tools' patterns
 * pass over: `PMID|y|1986` year, `PMID|j|Name` journal, `PMID|d|10.1/x` DOI, `PMID|r|retracted`.
 */
import type { Document } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { readLines, type TextLine, textLines } from "../reading/text-lines.js";
import { parsePubTatorBlock } from "./pubtator-block.js";

/** Streams a PubTator file's documents. Throws BAD_INPUT with file, line and reason, NOT_FOUND for no file. */
export async function* readPubTator(
  file: string,
  options: ReadOptions = {},
  chunks?: AsyncIterable<Buffer>,
): AsyncGenerator<Document> {
  let block: TextLine[] = [];
  for await (const line of readLines(file, chunks)) {
    if (block.length > 0 && endsBlock(line)) {
      yield* parseBlock(block, file, options);
      block = [];
    }
    if (!isBlank(line)) block.push(line);
  }
  if (block.length > 0) yield* parseBlock(block, file, options);
}

/** The documents of a PubTator text; `file` is only named in errors. Throws BAD_INPUT like `readPubTator`. */
export function parsePubTator(
  text: string,
  options: ReadOptions & { readonly file?: string } = {},
): Document[] {
  const documents: Document[] = [];
  let block: TextLine[] = [];
  for (const line of textLines(text)) {
    if (block.length > 0 && endsBlock(line)) {
      documents.push(...parseBlock(block, options.file, options));
      block = [];
    }
    if (!isBlank(line)) block.push(line);
  }
  if (block.length > 0) documents.push(...parseBlock(block, options.file, options));
  return documents;
}

function* parseBlock(
  block: readonly TextLine[],
  file: string | undefined,
  options: ReadOptions,
): Generator<Document> {
  try {
    const broken = block.find((line) => line.fault !== undefined);
    if (broken !== undefined) {
      const place = { ...(file === undefined ? {} : { file }), line: broken.number };
      throw new BioWeftError("BAD_INPUT", broken.fault ?? "not text", { place });
    }
    yield parsePubTatorBlock(block, file);
  } catch (fault) {
    reject(fault, options);
  }
}

function isBlank(line: TextLine): boolean {
  return line.fault === undefined && line.text.trim() === "";
}

/** A blank line ends a block, and so does the next title, for files that leave the blank line out. */
function endsBlock(line: TextLine): boolean {
  return isBlank(line) || /^[^|\t]+\|t\|/.test(line.text);
}
