/**
 * A table of papers (identifier, title, abstract) that is read twice: for the identifiers, of which some are asked for
 * elsewhere, and for the texts.
 */
import type { Document } from "../../../src/core/document.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { rereadChunks } from "../../formats/reading/file-chunks.js";
import { readPlainTexts } from "../../formats/tables/plain-texts.js";

/** A table of texts, which is read twice. */
export interface TextTable {
  readonly ids: ReadonlySet<string>;
  /** Streams its texts; what is broken was reported when the identifiers were read. */
  texts(): AsyncGenerator<Document>;
}

/** Reads the identifiers of a table of texts; no file gives an empty one. Throws BAD_INPUT with file and line. */
export async function readTextTable(file: string | undefined, reading: ReadOptions): Promise<TextTable> {
  const ids = new Set<string>();
  if (file === undefined) return { ids, texts: async function* () {} };
  const chunks = await rereadChunks(file);
  const read = (options: ReadOptions) => readPlainTexts(file, { identified: true }, options, chunks());
  for await (const { document } of read(reading)) ids.add(document.pmid);
  const texts = async function* () {
    for await (const { document } of read({ skipBad: true })) yield document;
  };
  return { ids, texts };
}
