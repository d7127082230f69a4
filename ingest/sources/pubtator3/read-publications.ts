/**
 * Publications by PMID from PubTator3, a request for every hundred. What has nothing to read is reported like a
 * broken document of a file.
 */

import { type Document, hasAbstract } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { required } from "../../../src/core/required.js";
import { configuredPubTator3 } from "./client.js";

const BATCH = 100;

/** Streams the publications that PubTator3 knows and that have an abstract; the others are reported. */
export async function* readPublications(
  pmids: readonly string[],
  options: ReadOptions,
  { signal, fullText = false }: { readonly signal?: AbortSignal; readonly fullText?: boolean } = {},
): AsyncGenerator<Document> {
  const client = configuredPubTator3(undefined, { fullText });
  for (let from = 0; from < pmids.length; from += BATCH) {
    const batch = pmids.slice(from, from + BATCH);
    const unreadable = new Set<string | undefined>();
    const onRejected = (fault: BioWeftError) => {
      unreadable.add(fault.place.pmid);
      options.onRejected?.(fault);
    };
    const documents = await client.fetchDocuments(batch, signal, { ...options, onRejected });
    for (const [index, document] of documents.entries()) {
      if (document !== undefined && hasAbstract(document)) yield document;
      else if (!unreadable.has(batch[index]))
        options.onRejected?.(
          nothingToRead(required(batch[index], "the PMID of an answer"), document !== undefined),
        );
    }
  }
}

function nothingToRead(pmid: string, known: boolean): BioWeftError {
  const reason = known ? "the publication has no abstract" : "PubTator3 does not know this publication";
  return new BioWeftError("NOT_FOUND", reason, { place: { pmid } });
}
