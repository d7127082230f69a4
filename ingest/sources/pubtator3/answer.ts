/**
 * What PubTator3 may answer, and what each answer means: documents, nothing known, too many requests, or
 * something that is no answer at all, which is then described in the error.
 */
import type { Document } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import type { ReadWarning } from "../../../src/core/read-options.js";
import { parseBioCJson, structuralFault } from "../../formats/bioc/bioc-json.js";

/** Too many requests, with how long the service asks us to wait. */
class RateLimited extends BioWeftError {
  readonly waitMillis: number | undefined;

  constructor(waitMillis: number | undefined) {
    const asked =
      waitMillis === undefined ? "" : `, asking for ${Math.ceil(waitMillis / 1000)} s of patience`;
    super("RATE_LIMITED", `PubTator3 answered 429 Too Many Requests${asked}; try again later`);
    this.waitMillis = waitMillis;
  }
}

/** How long a fault asks us to wait before the next try, in milliseconds; undefined where it does not say. */
export function retryAfterMillis(fault: unknown): number | undefined {
  return fault instanceof RateLimited ? fault.waitMillis : undefined;
}

/** The body of an answer, or undefined where it says that it knows none of the PMIDs. Throws for the others. */
export async function readAnswer(response: Response): Promise<string | undefined> {
  const body = await response.text();
  if (response.ok) return body;
  if (response.status === 429) throw new RateLimited(parseRetryAfter(response.headers.get("retry-after")));
  // The service answers 400 or 404, with a JSON detail or nothing, where it knows no PMID of the request; a page
  // in HTML comes from something else at a wrong address.
  const unknown = response.status === 400 || response.status === 404;
  if (unknown && (body.trim() === "" || body.trimStart().startsWith("{"))) return undefined;
  throw new BioWeftError(
    "UPSTREAM_UNAVAILABLE",
    `PubTator3 answered ${response.status} with ${describe(body)}`,
  );
}

/** What a body holds of the papers that were asked for. */
export interface Answer {
  readonly documents: readonly Document[];
  /** Why a paper's annotations cannot be read, with its PMID: asking again would give the same. */
  readonly unreadable: readonly BioWeftError[];
  readonly warnings: readonly ReadWarning[];
}

/**
 * The documents of a body, paper by paper; those that were not asked for are left out. Throws UPSTREAM_UNAVAILABLE for
 * garbage.
 */
export function parseAnswer(body: string | undefined, pmids: readonly string[]): Answer {
  const unreadable: BioWeftError[] = [];
  const warnings: ReadWarning[] = [];
  if (body === undefined) return { documents: [], unreadable, warnings };
  if (!/^\s*[[{]/.test(body)) throw garbage(body, "no JSON");
  const broken = structuralFault(body);
  if (broken !== undefined) throw garbage(body, broken);
  const isList = /^\s*(?:\[|\{\s*"(?:PubTator3|documents)"\s*:\s*\[)/.test(body);
  const documents = parseBioCJson(body, {
    skipBad: true,
    onRejected: (fault) => unreadable.push(unreadablePaper(fault, pmids)),
    onWarning: (warning) => warnings.push(warning),
  });
  if (documents.length === 0 && !isList) throw garbage(body, "no list of documents");
  return { documents: documents.filter(({ pmid }) => pmids.includes(pmid)), unreadable, warnings };
}

/** The fault of one paper, under its PMID: the one that was asked for where only one was. */
function unreadablePaper(fault: BioWeftError, pmids: readonly string[]): BioWeftError {
  const pmid = pmids.length === 1 ? pmids[0] : fault.place.pmid;
  const reason = `PubTator3's annotations of this paper cannot be read: ${fault.reason}`;
  return new BioWeftError("BAD_INPUT", reason, { place: pmid === undefined ? {} : { pmid }, cause: fault });
}

function garbage(body: string, why: string): BioWeftError {
  return new BioWeftError(
    "UPSTREAM_UNAVAILABLE",
    `PubTator3's answer is not in its form (${why}): ${describe(body)}`,
  );
}

function describe(body: string): string {
  const kind = /^\s*<(?:!doctype html|html)/i.test(body) ? "an HTML page" : `${body.length} characters`;
  return body.trim() === "" ? "an empty body" : `${kind}, beginning "${body.trim().slice(0, 60)}"`;
}

/** Retry-After holds seconds or a date. */
function parseRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value) - Date.now();
  return Number.isNaN(until) ? undefined : Math.max(0, until);
}
