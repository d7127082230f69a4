/** What makes a publication none to extract from. Fetching it, with its deadlines, is its source's matter. */
import { type Document, hasAbstract } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";

/** Throws BAD_INPUT for what is no PMID. */
export function checkPmid(pmid: string): void {
  if (/^[1-9]\d{0,8}$/.test(pmid)) return;
  throw new BioWeftError(
    "BAD_INPUT",
    `"${pmid.slice(0, 40)}" is not a PMID; give up to nine digits, as in 29630580`,
  );
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
