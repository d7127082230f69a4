/**
 * Reads PubTator files of every dialect in use (BioRED and its directed form, BC5CDR, NCBI Disease, tmVar, PubTator3's
 * exports, the BioREx authors' copies, our samples) into `Document`s: blocks of `PMID|t|`, `PMID|a|`, annotation and
 * relation lines. Offsets come as code points and
 * leave as UTF-16. Our own extension is a few optional lines after the abstract, which other tools' patterns
 * pass over: `PMID|y|1986` year, `PMID|j|Name` journal, `PMID|d|10.1/x` DOI, `PMID|r|retracted`.
 */
import type { Document } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { parseWarned, type ReadOptions, reject } from "../../../src/core/read-options.js";
import { readLineBatches, type TextLine, textLines } from "../reading/text-lines.js";
import { parsePubTatorBlock } from "./pubtator-block.js";
import { opensDocument, parseTextLine, rowId } from "./pubtator-text.js";

/** Streams a PubTator file's documents. Throws BAD_INPUT with file, line and reason, NOT_FOUND for no file. */
export async function* readPubTator(
  file: string,
  options: ReadOptions = {},
  chunks?: AsyncIterable<Buffer>,
): AsyncGenerator<Document> {
  const blocks = new BlockCutter();
  for await (const lines of readLineBatches(file, chunks)) {
    for (const line of lines) {
      const ended = blocks.push(line);
      if (ended.length > 0) yield* parseBlock(ended, file, options);
    }
  }
  yield* parseBlock(blocks.end(), file, options);
}

/** The documents of a PubTator text; `file` is only named in errors. Throws BAD_INPUT like `readPubTator`. */
export function parsePubTator(
  text: string,
  options: ReadOptions & { readonly file?: string } = {},
): Document[] {
  const blocks = new BlockCutter();
  const documents: Document[] = [];
  for (const line of textLines(text)) documents.push(...parseBlock(blocks.push(line), options.file, options));
  documents.push(...parseBlock(blocks.end(), options.file, options));
  return documents;
}

function* parseBlock(
  block: readonly TextLine[],
  file: string | undefined,
  options: ReadOptions,
): Generator<Document> {
  if (block.length === 0) return;
  const place = file === undefined ? {} : { file };
  try {
    const broken = block.find((line) => line.fault !== undefined);
    if (broken !== undefined) {
      throw new BioWeftError("BAD_INPUT", broken.fault ?? "not text", {
        place: { ...place, line: broken.number },
      });
    }
    yield parseWarned(options, place, (warn) => parsePubTatorBlock(block, file, warn));
  } catch (fault) {
    reject(fault, options);
  }
}

const NO_LINES: readonly TextLine[] = [];

/**
 * Cuts lines into documents. A title begins one, and so does any other line of another document. A blank line ends
 * one unless its own lines go on behind it, so that no annotations are lost to a line that somebody left open.
 */
class BlockCutter {
  private block: TextLine[] = [];
  private id: string | undefined;
  private blankSeen = false;

  /** Takes the next line; gives the lines of the document that it ends, or none. */
  push(line: TextLine): readonly TextLine[] {
    const text = line.raw ?? line.text;
    if (line.fault === undefined && text.trim() === "") {
      this.blankSeen = this.block.length > 0;
      return NO_LINES;
    }
    // PubTator's own head, ##USE-MESH-VOCABULARY, and comments stand between documents.
    if (text.startsWith("#") && (this.block.length === 0 || this.blankSeen)) return NO_LINES;
    const found = parseTextLine(text);
    const id = found?.id ?? rowId(text);
    const another = this.id === undefined || id !== this.id;
    const opens = found !== undefined && (found.tag.startsWith("t") || (another && opensDocument(found.tag)));
    const ended = opens || (this.blankSeen && another) ? this.end() : NO_LINES;
    if (this.block.length === 0) this.id = id;
    this.block.push(line);
    this.blankSeen = false;
    return ended;
  }

  /** The lines of the last document. */
  end(): readonly TextLine[] {
    const ended = this.block;
    this.block = [];
    this.id = undefined;
    this.blankSeen = false;
    return ended;
  }
}
