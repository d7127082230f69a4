/**
 * NCBI's E-utilities over HTTP: PubMed's records by query and by PMID, within the service's limit. A search keeps its
 * result on the server, from where records are fetched; where that has expired they are asked for by their PMIDs. Parsing
 * is pubmed-xml.ts's. Source: https://www.ncbi.nlm.nih.gov/books/NBK25499/
 */
import { readConfig } from "../../../src/core/config.js";
import { BioWeftError } from "../../../src/core/errors.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { type PubMedItem, readPubMedXml } from "../../formats/pubmed/pubmed-xml.js";
import { serviceLimiter } from "../service/service-limiter.js";
import { retrying, type Service, sendRequest } from "../service/service-request.js";
import { type FoundPmids, fetchedXml, parseSearch } from "./answers.js";

/** How the client behaves; every part has a default that suits the public service. */
interface EutilsOptions {
  /** Base address, without the slash at its end. */
  readonly baseUrl: string;
  readonly email?: string;
  readonly apiKey?: string;
  readonly requestsPerSecond?: number;
  readonly redisUrl?: string;
  /** Records in one request. */
  readonly batchSize?: number;
  readonly timeoutMillis?: number;
  readonly retries?: number;
  readonly retryDelayMillis?: number;
}

/** A search for the papers of a span of days, as `2024/01/31`, by the day that PubMed had them. */
export interface SearchDates {
  readonly from: string;
  readonly until: string;
}

/** Asks E-utilities. Every method throws UPSTREAM_UNAVAILABLE, RATE_LIMITED, TIMEOUT or CANCELLED. */
export interface EutilsClient {
  /** What a query finds: the number, and no more PMIDs than the service lists. Throws BAD_INPUT for one it refuses. */
  search(query: string, dates?: SearchDates, signal?: AbortSignal): Promise<FoundPmids>;
  /** Streams the records of a search. Broken ones are rejected as the options ask. */
  fetchFound(found: FoundPmids, reading: ReadOptions, signal?: AbortSignal): AsyncGenerator<PubMedItem>;
  /** Streams the records of PMIDs that PubMed knows, some hundreds a request. */
  fetchPmids(
    pmids: readonly string[],
    reading: ReadOptions,
    signal?: AbortSignal,
  ): AsyncGenerator<PubMedItem>;
}

const LONGEST_ADDRESS = 1500;

/** The most that PubMed lists of one search, and the last that it fetches from one. */
export const LISTED_PMIDS = 9_999;

/** The client that the settings ask for, its limit shared where there is a Redis. */
export function configuredEutils(config = readConfig()): EutilsClient {
  const { eutils, redisUrl } = config;
  const { url: baseUrl, ...who } = eutils;
  return eutilsClient({ baseUrl, ...who, ...(redisUrl === undefined ? {} : { redisUrl }) });
}

/** Makes a client. All clients of one address and key keep to one limit. */
export function eutilsClient(options: EutilsOptions): EutilsClient {
  const { batchSize = 200 } = options;
  const ask = asker(options);

  /** The records of one request; undefined where its history has expired. */
  const fetchXml = (place: Readonly<Record<string, string>>, signal?: AbortSignal) =>
    ask("efetch", { ...place, retmode: "xml" }, fetchedXml, signal);

  async function* fetchPmids(pmids: readonly string[], reading: ReadOptions, signal?: AbortSignal) {
    const wanted = [...new Set(pmids)];
    for (let from = 0; from < wanted.length; from += batchSize) {
      const xml = await fetchXml({ id: wanted.slice(from, from + batchSize).join(",") }, signal);
      if (xml === undefined)
        throw new BioWeftError(
          "UPSTREAM_UNAVAILABLE",
          "E-utilities asked for a history that we did not name",
        );
      yield* parse(xml, reading);
    }
  }
  async function* fetchFound(found: FoundPmids, reading: ReadOptions, signal?: AbortSignal) {
    const { webEnv, queryKey, count } = found;
    for (let from = 0; from < count; from += batchSize) {
      const span = { retstart: String(from), retmax: String(batchSize) };
      const xml =
        webEnv === "" ? undefined : await fetchXml({ WebEnv: webEnv, query_key: queryKey, ...span }, signal);
      // Its PMIDs are the same, whatever a search would find by now.
      if (xml === undefined) return yield* fetchPmids(listed(found).slice(from), reading, signal);
      yield* parse(xml, reading);
    }
  }
  return {
    search: (query, dates, signal) => {
      const span = dates === undefined ? {} : { datetype: "edat", mindate: dates.from, maxdate: dates.until };
      const wish = { term: query, usehistory: "y", retmax: String(LISTED_PMIDS), retmode: "xml", ...span };
      return ask("esearch", wish, parseSearch, signal);
    },
    fetchFound,
    fetchPmids,
  };
}

function listed({ pmids, count }: FoundPmids): readonly string[] {
  if (pmids.length >= count) return pmids;
  const reason = `the search has expired at E-utilities, which had listed ${pmids.length} of its ${count} papers; ask again`;
  throw new BioWeftError("UPSTREAM_UNAVAILABLE", reason);
}

async function* parse(xml: string, reading: ReadOptions): AsyncGenerator<PubMedItem> {
  const bytes = async function* () {
    yield Buffer.from(xml);
  };
  yield* readPubMedXml("E-utilities' answer", reading, bytes());
}

/** Makes the function that asks one of the utilities: by POST where what is asked is too long for an address. */
function asker(options: EutilsOptions) {
  const { baseUrl, email, apiKey, redisUrl, retries = 4, retryDelayMillis = 1000 } = options;
  const base = baseUrl.replace(/\/+$/, "");
  const limit = {
    address: base,
    requestsPerSecond: options.requestsPerSecond ?? (apiKey === undefined ? 3 : 10),
  };
  const service: Service = {
    name: "E-utilities",
    setting: "BIOWEFT_EUTILS",
    limiter: serviceLimiter(redisUrl === undefined ? limit : { ...limit, redisUrl }),
    timeoutMillis: options.timeoutMillis ?? 60_000,
    longestWaitMillis: 120_000,
  };
  return <Value>(
    utility: string,
    wish: Readonly<Record<string, string>>,
    parseAnswer: (answer: { readonly status: number; readonly body: string }) => Value,
    signal?: AbortSignal,
  ): Promise<Value> => {
    const who = {
      db: "pubmed",
      tool: "bioweft",
      ...(email === undefined ? {} : { email }),
      ...(apiKey === undefined ? {} : { api_key: apiKey }),
    };
    const url = `${base}/${utility}.fcgi`;
    return retrying({ retries, retryDelayMillis }, signal, () =>
      service.limiter.schedule(async () => {
        const form = new URLSearchParams({ ...who, ...wish });
        const sent = form.toString().length > LONGEST_ADDRESS ? { url, form } : { url: `${url}?${form}` };
        return parseAnswer(await sendRequest(service, { ...sent, accept: "text/xml", signal }));
      }),
    );
  };
}
