/**
 * A corpus → the original tool's rows, streamed. It reads what the tool read: the published files, or the
 * BioREx authors' PubTator copies where the tool took those.
 */
import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { BioWeftError } from "../../src/core/errors.js";
import type { ReadOptions } from "../../src/core/read-options.js";
import { required } from "../../src/core/required.js";
import type { CompatSource } from "../corpora/compat-source.js";
import type { CorpusDeclaration } from "../corpora/corpus.js";
import { corpusFiles, corpusFolder } from "../corpora/reading-corpora.js";
import { readDocumentFiles } from "../formats/read-documents.js";
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
  const { compat: source } = corpus;
  if (source === undefined) {
    const reason = `the original tool has no form for ${corpus.name}; harmonize writes every corpus`;
    throw new BioWeftError("NOT_FOUND", reason);
  }
  const { fileTags = {} } = source;
  for (const paths of await inputFiles(corpus, source, fromPath)) {
    const tag = fileTags[basename(required(paths[0], "a corpus's file"))] ?? source.tag;
    const read = source.read ?? (source.files === undefined ? corpus.read : readDocumentFiles);
    for await (const document of read(paths, options)) {
      yield* toCompatRows(document, { ...source, tag }, corpus.pairTypes);
    }
  }
}

/** The tool's input, in groups that are read together; files with tags of their own are read one by one. */
async function inputFiles(
  corpus: CorpusDeclaration,
  source: CompatSource,
  fromPath: string,
): Promise<readonly (readonly string[])[]> {
  if (source.files !== undefined && statSync(fromPath, { throwIfNoEntry: false })?.isDirectory() === true) {
    const folder = corpusFolder(corpus, fromPath);
    return [source.files.map((name) => join(folder, name))];
  }
  const groups = await corpusFiles(corpus, fromPath, "all");
  return source.fileTags === undefined ? groups : groups.flat().map((path) => [path]);
}
