/**
 * Reads documents from a file of any format we know, told by its content, not by its name.
 */
import type { Document } from "../../src/core/document.js";
import { BioWeftError } from "../../src/core/errors.js";
import type { ReadOptions } from "../../src/core/read-options.js";
import { readBioCJson } from "./bioc/bioc-json.js";
import { readBioCXml } from "./bioc/bioc-xml.js";
import { readDocumentLines } from "./jsonl/document-jsonl.js";
import { readPubTator } from "./pubtator/pubtator.js";
import { fileChunks, peekChunks } from "./reading/file-chunks.js";
import { describeBinary, describeForeign } from "./reading/foreign-forms.js";
import { plainChunks } from "./reading/plain-bytes.js";

const SNIFFED_BYTES = 1 << 16;

/** The formats of annotated documents that we read. */
type DocumentFormat = "pubtator" | "bioc-json" | "bioc-xml" | "jsonl";

/**
 * Streams a file's documents, or those of a pipe or of standard input (`-`). Its bytes may come from elsewhere, such as
 * a stream that was looked at. Throws BAD_INPUT for a file of no known format, NOT_FOUND for no file.
 */
export async function* readDocuments(
  file: string,
  options: ReadOptions = {},
  source: AsyncGenerator<Buffer> = fileChunks(file),
): AsyncGenerator<Document> {
  const { head, chunks } = await peekChunks(plainChunks(file, source), SNIFFED_BYTES);
  try {
    const format = detectFormat(file, head);
    if (format === "pubtator") yield* readPubTator(file, options, chunks);
    else if (format === "jsonl") yield* readDocumentLines(file, options, chunks);
    else if (format === "bioc-xml") yield* readBioCXml(file, options, chunks);
    else yield* readBioCJson(file, options, chunks);
  } finally {
    await source.return(undefined);
  }
}

/** Streams the documents of several files, one after the other. */
export async function* readDocumentFiles(
  files: readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<Document> {
  for (const file of files) yield* readDocuments(file, options);
}

/** A file's format by its beginning. Throws BAD_INPUT for a binary and for text that is none of ours. */
function detectFormat(file: string, head: Buffer): DocumentFormat {
  const refuse = (what: string): never => {
    const reason = `${what}; give PubTator, BioC JSON or XML (PubTator3's or BioRED's), or Document JSON Lines`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file, line: 1 } });
  };
  const text = head.toString("utf8").replace(/^\ufeff/, "");
  const isPubTator = PUBTATOR_LINE.test(text);
  // A NUL in one paper of a PubTator file is that paper's fault.
  if (head.includes(0) && !isPubTator) return refuse(describeBinary(head));
  if (text.trim() === "") return refuse("an empty file");
  if (/^\s*[[{]/.test(text)) {
    // Inside a JSON string quotes are escaped, so these can only be keys.
    if (/"mentions"\s*:|"kind"\s*:\s*"(?:title|abstract|body)"/.test(text)) return "jsonl";
    if (/"(?:PubTator3|documents|passages)"\s*:/.test(text)) return "bioc-json";
    return /^\s*\[\s*\]\s*$/.test(text) ? "bioc-json" : refuse(describeForeign(text));
  }
  if (/^\s*<(?:\?|!--|!DOCTYPE|collection)/.test(text) && /<collection[\s>]/.test(text)) return "bioc-xml";
  return isPubTator ? "pubtator" : refuse(describeForeign(text));
}

const PUBTATOR_LINE = /^[^|\t\r\n]+\|(?:t|a|title|abstract)\|/im;
