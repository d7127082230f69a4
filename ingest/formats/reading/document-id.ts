/**
 * What a document is known by: its PMID, else a PMC number that says so, else the file's own identifier. A document
 * without one is refused, as it could not be told from the next.
 */
import { isNullId } from "../../../src/core/curie.js";

/** A document's identifier without its prefix; undefined where the source says that there is none. */
export function documentId(written: string | undefined): string | undefined {
  const id = (written ?? "").trim().replace(/^PMID\s*:?\s*(?=\d+$)/i, "");
  if (isNullId(id)) return undefined;
  return id.replace(/^PMC\s*:?\s*(?:ID\s*:?\s*)?(?=\d+$)/i, "PMC").replace(/^(\d+)\.0$/, "$1");
}

/** Whether an identifier is PubMed Central's and not PubMed's. */
export function isPmcId(id: string): boolean {
  return /^PMC\d+$/.test(id);
}

/** Why a document without an identifier is refused. */
export const NO_ID =
  "a document without an identifier; give it its PMID, or any other that no document shares";
