/**
 * PubTator3 over HTTP: fetches annotated publications by PMID, within the service's limit of three requests a
 * second, with retries and typed errors. It implements core's `DocumentSource`; parsing is bioc-json.ts's.
 * Source: https://www.ncbi.nlm.nih.gov/research/pubtator3/api
 */
import Bottleneck from "bottleneck";
import pRetry from "p-retry";
import type { Document } from "../../../src/core/document.js";
import type { DocumentSource } from "../../../src/core/document-source.js";
import { BioWeftError, isTransient } from "../../../src/core/errors.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { type Answer, parseAnswer, readAnswer, retryAfterMillis } from "./answer.js";
import { abortable, cancelled, delay } from "./cancellation.js";

/** How the client behaves; every part has a default that suits the public service. */
export interface PubTator3Options {
  /** Base address, without the slash at its end. */
  readonly baseUrl: string;
  readonly requestsPerSecond?: number;
  /** PMIDs in one request; the service takes 100. */
  readonly batchSize?: number;
  /** Deadline of one request, its body included. */
  readonly timeoutMillis?: number;
  /** Tries after the first. */
  readonly retries?: number;
  /** Wait before the first retry; it doubles each time, times a random factor from 1 to 2. */
  readonly retryDelayMillis?: number;
  /** A longer `Retry-After` than this is not waited for. */
  readonly longestWaitMillis?: number;
  /** The whole text of each publication where the service has it, not only the abstract. */
  readonly fullText?: boolean;
}

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

/** Makes a client. Its rate limit holds for all calls on it together, so make one a process. */
export function pubTator3Client(options: PubTator3Options): PubTator3Client {
  const { requestsPerSecond = 3, batchSize = 100 } = options;
  const limiter = new Bottleneck({ minTime: Math.ceil(1000 / requestsPerSecond) });
  const base = `${options.baseUrl.replace(/\/+$/, "")}/publications/export/biocjson`;

  async function fetchDocuments(pmids: readonly string[], signal?: AbortSignal, reading: ReadOptions = {}) {
    pmids.forEach(checkPmid);
    const found = new Map<string, Document>();
    const wanted = [...new Set(pmids)];
    for (let from = 0; from < wanted.length; from += batchSize) {
      const batch = wanted.slice(from, from + batchSize);
      const url = `${base}?pmids=${batch.join(",")}${options.fullText === true ? "&full=true" : ""}`;
      const { documents, unreadable, warnings } = await fetchBatch(url, batch, limiter, options, signal);
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
  return {
    name: "PubTator3",
    fetchDocuments,
    async fetchDocument(pmid, signal) {
      return (await fetchDocuments([pmid], signal))[0];
    },
  };
}

/** One batch, tried until it is answered or the retries are used up. */
async function fetchBatch(
  url: string,
  batch: readonly string[],
  limiter: Bottleneck,
  options: PubTator3Options,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const { retries = 3, retryDelayMillis = 500, longestWaitMillis = 30_000 } = options;
  const attempt = () => limiter.schedule(() => request(url, batch, options.timeoutMillis ?? 15_000, signal));
  const work = pRetry(attempt, {
    retries,
    minTimeout: retryDelayMillis,
    factor: 2,
    randomize: true,
    shouldRetry: ({ error }) => mayPass(error) && (retryAfterMillis(error) ?? 0) <= longestWaitMillis,
    onFailedAttempt: async ({ error, retriesLeft }) => {
      const wait = retryAfterMillis(error) ?? 0;
      if (retriesLeft > 0 && wait > 0 && wait <= longestWaitMillis) await delay(wait, signal);
    },
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    return await abortable(work, signal);
  } catch (fault) {
    throw signal?.aborted ? cancelled(signal) : fault;
  }
}

async function request(
  url: string,
  batch: readonly string[],
  timeoutMillis: number,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMillis);
  const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    const response = await fetch(url, { signal: either, headers: { accept: "application/json" } });
    return parseAnswer(await readAnswer(response), batch);
  } catch (cause) {
    if (cause instanceof BioWeftError) throw cause;
    if (signal?.aborted) throw cancelled(signal);
    if (deadline.aborted) {
      throw new BioWeftError("TIMEOUT", `PubTator3 did not answer within ${timeoutMillis} ms (${url})`, {
        cause,
      });
    }
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    const reason = `PubTator3 cannot be reached at ${url}: ${why}; check the network and BIOWEFT_PUBTATOR3`;
    throw new BioWeftError("UPSTREAM_UNAVAILABLE", reason, { cause });
  }
}

function mayPass(fault: Error): boolean {
  return fault instanceof BioWeftError && isTransient(fault.code);
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
