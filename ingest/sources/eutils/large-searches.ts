/**
 * Searches that find more than PubMed lists of one, ten thousand: they are cut in two by the day that PubMed had the papers,
 * again and again, until each part is listed whole.
 */
import { BioWeftError } from "../../../src/core/errors.js";
import type { FoundPmids } from "./answers.js";
import { type EutilsClient, LISTED_PMIDS, type SearchDates } from "./client.js";

const DAY_MILLIS = 86_400_000;
/** Before PubMed's first record; behind what is dated ahead. */
const FIRST_DAY = Date.UTC(1780, 0, 1);
const DAYS_AHEAD = 730;

/**
 * Streams parts of what a query finds that together are the whole, none of them too large to be fetched. Throws what the
 * client throws; BAD_INPUT for a query that finds too much in one day.
 */
export async function* searchWhole(
  client: EutilsClient,
  query: string,
  signal?: AbortSignal,
): AsyncGenerator<FoundPmids> {
  const found = await client.search(query, undefined, signal);
  if (found.count <= LISTED_PMIDS) yield found;
  else yield* searchSpan(client, query, FIRST_DAY, today() + DAYS_AHEAD * DAY_MILLIS, signal);
}

async function* searchSpan(
  client: EutilsClient,
  query: string,
  from: number,
  until: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<FoundPmids> {
  const dates: SearchDates = { from: dayText(from), until: dayText(until) };
  const found = await client.search(query, dates, signal);
  if (found.count <= LISTED_PMIDS) {
    if (found.count > 0) yield found;
    return;
  }
  const days = Math.floor((until - from) / DAY_MILLIS);
  if (days === 0) {
    const reason = `the query finds ${found.count} papers of ${dates.from} alone, of which PubMed lists ${LISTED_PMIDS}; narrow it, or load the baseline`;
    throw new BioWeftError("BAD_INPUT", reason);
  }
  const middle = from + Math.floor(days / 2) * DAY_MILLIS;
  yield* searchSpan(client, query, from, middle, signal);
  yield* searchSpan(client, query, middle + DAY_MILLIS, until, signal);
}

function today(): number {
  return Math.floor(Date.now() / DAY_MILLIS) * DAY_MILLIS;
}

/** As `2024/01/31`. */
function dayText(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10).replaceAll("-", "/");
}
