/**
 * Papers from PubTator3 for commands that need many: fetched once and kept in a file, with progress and Ctrl-C.
 */
import { isPmid, pubTator3Client } from "../../../ingest/sources/pubtator3/client.js";
import { fetchKept } from "../../../ingest/sources/pubtator3/kept-documents.js";
import { readConfig } from "../../core/config.js";
import type { Document } from "../../core/document.js";
import type { ReadOptions } from "../../core/read-options.js";
import { startProgress } from "../../terminal/progress.js";

/** Streams the papers of those identifiers that are PMIDs; without a file to keep them in nothing is fetched. `reading` hears of those that cannot be read. */
export async function* fetchedPapers(
  ids: readonly string[],
  file: string | undefined,
  signal: AbortSignal,
  reading: ReadOptions,
): AsyncGenerator<Document> {
  if (file === undefined) return;
  const pmids = ids.filter(isPmid);
  const client = pubTator3Client({ baseUrl: readConfig().pubtator3Url });
  const progress = startProgress("PubTator3", "papers", pmids.length);
  try {
    yield* fetchKept(client, pmids, file, { signal, reading, onProgress: (done) => progress.update(done) });
  } finally {
    progress.stop();
  }
}
