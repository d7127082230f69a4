/**
 * A corpus → the original tool's rows, streamed. It reads what the tool read: the published files, or the
 * BioREx authors' PubTator copies where the tool took those.
 */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { BioWeftError } from "../../src/core/errors.js";
import type { CorpusDeclaration } from "../corpora/corpus.js";
import { readAsPublished } from "../corpora/reading-corpora.js";
import { readDocumentFiles } from "../formats/read-documents.js";
import type { ReadOptions } from "../formats/read-options.js";
import type { CompatForm } from "./compat-form.js";
import { type CompatRow, toCompatRows } from "./compat-rows.js";

/**
 * Streams the rows of a corpus from a file, or from a folder that holds the tool's input. Throws NOT_FOUND for a
 * corpus that the tool does not know and for missing files, BAD_INPUT for broken ones.
 */
export async function* readCompatRows(
  corpus: CorpusDeclaration,
  fromPath: string,
  options: ReadOptions = {},
): AsyncGenerator<CompatRow> {
  const { compat: form } = corpus;
  if (form === undefined) {
    const reason = `the original tool has no form for ${corpus.name}; harmonize writes every corpus`;
    throw new BioWeftError("NOT_FOUND", reason);
  }
  for await (const document of compatDocuments(corpus, form, fromPath, options)) {
    yield* toCompatRows(document, form, corpus.pairTypes);
  }
}

function compatDocuments(
  corpus: CorpusDeclaration,
  form: CompatForm,
  fromPath: string,
  options: ReadOptions,
) {
  if (form.files === undefined) return readAsPublished(corpus, fromPath, "all", options);
  const folder = existsSync(fromPath) && statSync(fromPath).isDirectory();
  return readDocumentFiles(folder ? form.files.map((name) => join(fromPath, name)) : [fromPath], options);
}
