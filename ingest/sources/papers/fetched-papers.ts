/**
 * Papers from PubTator3 for whoever needs many: fetched once and kept in a file, with progress and Ctrl-C.
 */
import type { Document } from "../../../src/core/document.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { configuredPubTator3, isPmid } from "../pubtator3/client.js";
import { fetchKept } from "../pubtator3/kept-documents.js";

/** Shows that so many of a total are done; without a total only how many. */
export type ShowProgress = (
  label: string,
  unit: string,
  total?: number,
) => { update(done: number): void; stop(): void };

/** What goes along with fetching. */
export interface FetchState {
  /** Hears of papers that cannot be read. */
  readonly reading: ReadOptions;
  readonly signal: AbortSignal;
  readonly showProgress: ShowProgress;
}

/** Streams the papers of those identifiers that are PMIDs; without a file to keep them in nothing is fetched. */
export async function* fetchedPapers(
  ids: readonly string[],
  file: string | undefined,
  { signal, reading, showProgress }: FetchState,
): AsyncGenerator<Document> {
  if (file === undefined) return;
  const pmids = ids.filter(isPmid);
  const client = configuredPubTator3();
  const progress = showProgress("PubTator3", "papers", pmids.length);
  try {
    yield* fetchKept(client, pmids, file, { signal, reading, onProgress: (done) => progress.update(done) });
  } finally {
    progress.stop();
  }
}
