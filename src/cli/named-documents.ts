/**
 * The documents of files whose relations are to stand in the graph as somebody's word: each gets its corpus's
 * name, or that of its file.
 */
import { basename, extname } from "node:path";
import { readDocuments } from "../../ingest/formats/read-documents.js";
import type { ReadOptions } from "../../ingest/formats/read-options.js";
import type { Document } from "../core/document.js";

/** The documents of several files, each under its own corpus's name, else `name`, else the file's. */
export async function* readNamed(
  files: readonly string[],
  name: string | undefined,
  reading: ReadOptions,
): AsyncGenerator<Document> {
  for (const file of files) {
    const corpus = name ?? basename(file, extname(file));
    for await (const document of readDocuments(file, reading)) yield { corpus, ...document };
  }
}
