/**
 * The papers that a list of pairs speaks of, annotated: from files, from PubTator3, from plain texts. Papers of
 * files come first and are not asked for; a text is read by the dictionary where PubTator3 has no annotations.
 */
import { type Document, publicationOf } from "../../../src/core/document.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { readDocumentFiles } from "../../formats/read-documents.js";
import type { ListedPair } from "../../formats/tables/pair-list.js";
import { type Annotator, annotatedPapers, type PaperSources } from "../../lexicon/annotated-papers.js";
import type { Recognizer } from "../../lexicon/recognizer.js";
import { type FetchState, fetchedPapers, type ShowProgress } from "./fetched-papers.js";
import type { TextTable } from "./text-table.js";

/** Where the papers may come from. */
interface ListedPaperSources {
  readonly documents: readonly string[];
  /** The file that keeps what PubTator3 gave; without it nothing is fetched. */
  readonly pubtator3?: string;
  readonly texts: TextTable;
  /** Loads the dictionary, if there is one; not called where files have all papers. */
  loadRecognizer(): Promise<Recognizer | undefined>;
}

/** How many papers each annotator did. */
export type AnnotatorCounts = Record<Annotator, number>;

/** What goes along with the reading of papers. */
interface PaperState extends FetchState {
  readonly counts: AnnotatorCounts;
  /** PMID by PMCID, for files that carry the latter. */
  readonly pmids?: ReadonlyMap<string, string>;
}

/** Streams the papers; `counts` is added to on the way. Throws what the sources throw. */
export async function* listedPapers(
  pairs: readonly ListedPair[],
  from: ListedPaperSources,
  state: PaperState,
): AsyncGenerator<Document> {
  const wanted = new Set(pairs.map(({ publication }) => publication));
  for await (const document of filedPapers(from.documents, state.reading, state.showProgress)) {
    const id = publicationOf(document);
    wanted.delete(state.pmids?.get(id) ?? id);
    yield document;
  }
  if (wanted.size === 0) return;
  const recognizer = await from.loadRecognizer();
  const sources: PaperSources = {
    fetched: fetchedPapers([...wanted], from.pubtator3, state),
    texts: wantedTexts(from.texts, wanted),
    ...(recognizer === undefined ? {} : { recognizer }),
    onAnnotated: (by) => {
      state.counts[by] += 1;
    },
  };
  yield* annotatedPapers(sources);
}

async function* filedPapers(
  files: readonly string[],
  reading: ReadOptions,
  showProgress: ShowProgress,
): AsyncGenerator<Document> {
  const progress = showProgress("files", "papers");
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
