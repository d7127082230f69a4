/**
 * The documents of files whose relations are to stand in the graph as somebody's word: each gets its corpus's
 * name, or that of its file.
 */
import { basename, extname } from "node:path";
import type { Document } from "../../../src/core/document.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { readDocuments } from "../../formats/read-documents.js";
import { isStandardInput } from "../../formats/reading/file-chunks.js";

/** The documents of several files, each under its own corpus's name, else `name`, else the file's. */
export async function* readNamed(
  files: readonly string[],
  name: string | undefined,
  reading: ReadOptions,
): AsyncGenerator<Document> {
  for (const file of files) {
    const corpus = name ?? (isStandardInput(file) ? "stdin" : basename(file, extname(file)));
    for await (const document of readDocuments(file, reading)) yield { corpus, ...document };
  }
}
