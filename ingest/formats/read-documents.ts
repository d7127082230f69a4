/**
 * Reads documents from a file of any format we know, told by its content, not by its name.
 */
import { open } from "node:fs/promises";
import type { Document } from "../../src/core/document.js";
import { BioWeftError, messageOf } from "../../src/core/errors.js";
import { readPubTator } from "./pubtator.js";
import type { ReadOptions } from "./read-options.js";

const SNIFFED_BYTES = 1 << 16;

/** Streams a file's documents. Throws BAD_INPUT for a file of no known format, NOT_FOUND for no file. */
export async function* readDocuments(file: string, options: ReadOptions = {}): AsyncGenerator<Document> {
  await fileFormat(file);
  yield* readPubTator(file, options);
}

/** Streams the documents of several files, one after the other. */
export async function* readDocumentFiles(
  files: readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<Document> {
  for (const file of files) yield* readDocuments(file, options);
}

async function fileFormat(file: string): Promise<"pubtator"> {
  const head = await fileHead(file);
  if (/^[^|\t\n]+\|t\|/m.test(head.toString("utf8"))) return "pubtator";
  throw new BioWeftError("BAD_INPUT", "neither PubTator nor JSON", { place: { file } });
}

async function fileHead(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const reason = `cannot be read (${messageOf(cause)}); check the path and its permissions`;
    throw new BioWeftError("NOT_FOUND", reason, { place: { file }, cause });
  }
}
