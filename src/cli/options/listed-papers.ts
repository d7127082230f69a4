/**
 * The papers that a list of pairs speaks of, annotated: from files, from PubTator3, from plain texts. Papers of
 * files come first and are not asked for; a text is read by the dictionary where PubTator3 has no annotations.
 */

import { readDocumentFiles } from "../../../ingest/formats/read-documents.js";
import { rereadChunks } from "../../../ingest/formats/reading/file-chunks.js";
import type { ListedPair } from "../../../ingest/formats/tables/pair-list.js";
import { readPlainTexts } from "../../../ingest/formats/tables/plain-texts.js";
import {
  type Annotator,
  annotatedPapers,
  type PaperSources,
} from "../../../ingest/lexicon/annotated-papers.js";
import { type Document, publicationOf } from "../../core/document.js";
import type { ReadOptions } from "../../core/read-options.js";
import { startProgress } from "../../terminal/progress.js";
import { fetchedPapers } from "./fetched-papers.js";
import { type LexiconOptions, loadRecognizer } from "./lexicon-option.js";

/** Where the papers may come from. */
export interface PaperOptions extends LexiconOptions {
  readonly documents: readonly string[];
  /** The file that keeps what PubTator3 gave; without it nothing is fetched. */
  readonly pubtator3?: string;
  /** A table of papers: identifier, title, abstract. */
  readonly texts?: string;
}

/** How many papers each annotator did. */
export type AnnotatorCounts = Record<Annotator, number>;

/** What goes along with the reading of papers. */
interface PaperState {
  readonly reading: ReadOptions;
  readonly signal: AbortSignal;
  readonly counts: AnnotatorCounts;
  /** The papers of `texts`. */
  readonly texts: TextTable;
  /** PMID by PMCID, for files that carry the latter. */
  readonly pmids?: ReadonlyMap<string, string>;
}

/** A table of texts, which is read twice. */
interface TextTable {
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

/** Streams the papers; `counts` is added to on the way. Throws what the sources throw. */
export async function* listedPapers(
  pairs: readonly ListedPair[],
  options: PaperOptions,
  state: PaperState,
): AsyncGenerator<Document> {
  const wanted = new Set(pairs.map(({ publication }) => publication));
  for await (const document of filedPapers(options.documents, state.reading)) {
    const id = publicationOf(document);
    wanted.delete(state.pmids?.get(id) ?? id);
    yield document;
  }
  if (wanted.size === 0) return;
  const recognizer = await loadRecognizer(options);
  const sources: PaperSources = {
    fetched: fetchedPapers([...wanted], options.pubtator3, state.signal, state.reading),
    texts: wantedTexts(state.texts, wanted),
    ...(recognizer === undefined ? {} : { recognizer }),
    onAnnotated: (by) => {
      state.counts[by] += 1;
    },
  };
  yield* annotatedPapers(sources);
}

async function* filedPapers(files: readonly string[], reading: ReadOptions): AsyncGenerator<Document> {
  const progress = startProgress("files", "papers");
  let read = 0;
  try {
    for await (const document of readDocumentFiles(files, reading)) {
      read += 1;
      progress.update(read);
      yield document;
    }
  } finally {
    progress.stop();
  }
}

async function* wantedTexts(table: TextTable, wanted: ReadonlySet<string>): AsyncGenerator<Document> {
  for await (const document of table.texts()) if (wanted.has(document.pmid)) yield document;
}
