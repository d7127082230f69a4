/**
 * PubTator3 over HTTP: fetches annotated publications by PMID, within the service's limit of three requests a
 * second, with retries and typed errors. It implements core's `DocumentSource`; the requests are batch-asker.ts's.
 * Source: https://www.ncbi.nlm.nih.gov/research/pubtator3/api
 */
import { type Config, readConfig } from "../../../src/core/config.js";
import type { Document } from "../../../src/core/document.js";
import type { DocumentSource } from "../../../src/core/document-source.js";
import { BioWeftError } from "../../../src/core/errors.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { BatchAsker, type PubTator3Options } from "./batch-asker.js";
import { singleAsks } from "./single-asks.js";

/** A source that also answers for many PMIDs at once. */
export interface PubTator3Client extends DocumentSource {
  /**
   * The publications in the order of the PMIDs, undefined for those that the service does not know and for those whose
   * annotations cannot be read, which `reading` hears of (they are thrown where it does not listen). Throws like
   * `fetchDocument`, and BAD_INPUT for what is no PMID.
   */
  fetchDocuments(
    pmids: readonly string[],
    signal?: AbortSignal,
    reading?: ReadOptions,
  ): Promise<(Document | undefined)[]>;
}

/** The client that the settings ask for, its limit shared where there is a Redis. */
export function configuredPubTator3(
  config: Pick<Config, "pubtator3Url" | "redisUrl"> = readConfig(),
  options: Omit<PubTator3Options, "baseUrl" | "redisUrl"> = {},
): PubTator3Client {
  const { pubtator3Url: baseUrl, redisUrl } = config;
  return pubTator3Client({ ...options, baseUrl, ...(redisUrl === undefined ? {} : { redisUrl }) });
}

/** The client of extraction jobs, which try again by themselves and tell why: what fails twice is theirs to hear. */
export function pubTator3OfJobs(config: Pick<Config, "pubtator3Url" | "redisUrl">): PubTator3Client {
  return configuredPubTator3(config, { retries: 1 });
}

/** Makes a client. All clients of one address keep to one limit; `fetchDocument`s that come together share a request. */
export function pubTator3Client(options: PubTator3Options): PubTator3Client {
  const { batchSize = 100 } = options;
  const asker = new BatchAsker(options);

  async function fetchDocuments(pmids: readonly string[], signal?: AbortSignal, reading: ReadOptions = {}) {
    pmids.forEach(checkPmid);
    const found = new Map<string, Document>();
    const wanted = [...new Set(pmids)];
    for (let from = 0; from < wanted.length; from += batchSize) {
      const batch = wanted.slice(from, from + batchSize);
      const { documents, unreadable, warnings, failed } = await asker.ask(() => batch, signal, false);
      for (const fault of failed.values()) throw fault;
      for (const document of documents) found.set(document.pmid, document);
      for (const warning of warnings) reading.onWarning?.(warning);
      for (const fault of unreadable) {
        // Nothing is amiss with the service, so that asking again would be in vain.
        if (reading.onRejected === undefined) throw fault;
        reading.onRejected(fault);
      }
    }
    return pmids.map((pmid) => found.get(pmid));
  }
  const fetchOne = singleAsks<Document>(batchSize, async (take, signal) => {
    const { documents, unreadable, failed } = await asker.ask(take, signal, true);
    return new Map<string, Document | BioWeftError>([
      ...documents.map((document) => [document.pmid, document] as const),
      ...unreadable.flatMap((fault) =>
        fault.place.pmid === undefined ? [] : [[fault.place.pmid, fault] as const],
      ),
      ...failed,
    ]);
  });
  return {
    name: "PubTator3",
    fetchDocuments,
    async fetchDocument(pmid, signal) {
      checkPmid(pmid);
      return fetchOne(pmid, signal);
    },
  };
}

/** Whether the service can be asked for it: a whole number of one to nine digits. */
export function isPmid(text: string): boolean {
  return /^[1-9]\d{0,8}$/.test(text);
}

/** Throws BAD_INPUT for what the service cannot be asked for. */
export function checkPmid(pmid: string): void {
  if (isPmid(pmid)) return;
  throw new BioWeftError("BAD_INPUT", `"${pmid}" is no PMID; a PMID is a whole number of one to nine digits`);
}
