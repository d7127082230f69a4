/**
 * A job's publication, fetched from its source within a deadline, and what makes a publication none to extract from.
 */
import { type Document, hasAbstract } from "../../core/document.js";
import type { DocumentSource } from "../../core/document-source.js";
import { BioWeftError } from "../../core/errors.js";

/** Throws BAD_INPUT for what is no PMID. */
export function checkPmid(pmid: string): void {
  if (/^[1-9]\d{0,8}$/.test(pmid)) return;
  throw new BioWeftError(
    "BAD_INPUT",
    `"${pmid.slice(0, 40)}" is not a PMID; give up to nine digits, as in 29630580`,
  );
}

/** The publication, or undefined where its source does not know it. Throws what the source throws, and TIMEOUT. */
export async function fetchPublication(
  source: DocumentSource,
  pmid: string,
  signal: AbortSignal,
  deadlineMillis: number,
): Promise<Document | undefined> {
  const deadline = AbortSignal.timeout(deadlineMillis);
  try {
    return await source.fetchDocument(pmid, AbortSignal.any([signal, deadline]));
  } catch (fault) {
    if (!deadline.aborted || signal.aborted) throw fault;
    const reason = `${source.name} did not answer within ${deadlineMillis / 1000} s; try again later`;
    throw new BioWeftError("TIMEOUT", reason, { place: { pmid }, cause: fault });
  }
}

/** A publication with something to extract from; throws NOT_FOUND for one that is unknown or has no abstract. */
export function withAbstract(pmid: string, fetched: Document | undefined): Document {
  if (fetched === undefined) throw unknownPublication(pmid);
  if (!hasAbstract(fetched)) throw noAbstract(pmid);
  return fetched;
}

/** The fault of a publication that its source does not know. */
function unknownPublication(pmid: string): BioWeftError {
  return new BioWeftError("NOT_FOUND", "the publication is not known to its source", { place: { pmid } });
}

/** The fault of a publication without an abstract. */
function noAbstract(pmid: string): BioWeftError {
  return new BioWeftError("NOT_FOUND", "the publication has a title but no abstract", { place: { pmid } });
}
