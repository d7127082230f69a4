/**
 * What BioC says of the publication itself: PMID, journal, year, DOI, and which part a passage is. PubTator3
 * spreads these over the document and its passages' infons.
 */
import type { Document, PassageKind } from "../../../src/core/document.js";
import { BioWeftError, type ErrorPlace } from "../../../src/core/errors.js";
import { documentId, NO_ID } from "../reading/document-id.js";
import type { BioCDocument, BioCPassage } from "./bioc-schema.js";

/**
 * The publication's PMID (or PMC number, or the document's own identifier) and what else is known of it. Throws
 * BAD_INPUT for a document without any identifier.
 */
export function publicationMetadata(
  source: BioCDocument,
  place: ErrorPlace,
): Pick<Document, "pmid" | "journal" | "year" | "doi"> {
  const stated = statements(source);
  const pmid = publicationId(source, stated);
  if (pmid === undefined) throw new BioWeftError("BAD_INPUT", NO_ID, { place });
  const journal = source.journal ?? stated("journal");
  const year = /\b[12]\d{3}\b/.exec(stated("year") ?? source.date ?? "")?.[0];
  const doi = stated("article-id_doi", "doi");
  return {
    pmid,
    ...(journal === undefined || journal === "" ? {} : { journal }),
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(doi === undefined ? {} : { doi }),
  };
}

type Stated = (...names: readonly string[]) => string | undefined;

/** Looks infons up in the document's, then in its passages'. */
function statements(source: BioCDocument): Stated {
  const all = [source.infons, ...source.passages.map((passage) => passage.infons)];
  return (...names) => {
    for (const infons of all) {
      for (const name of names) {
        const value = infons[name];
        if ((typeof value === "string" && value !== "") || typeof value === "number") return String(value);
      }
    }
    return undefined;
  };
}

/** PubTator3 puts a full text's PMC number where others put the PMID: `_id` "29446767|PMC5814477", `id` "5814477". */
function publicationId(source: BioCDocument, stated: Stated): string | undefined {
  const [before, behind] = (source._id ?? "").split("|");
  const pmcid = documentId(source.pmcid ?? stated("article-id_pmc", "pmcid") ?? behind)?.replace(
    /^(?=\d+$)/,
    "PMC",
  );
  const own = documentId(source.id?.replace(/\|.*$/, ""));
  const isPmc = own !== undefined && `PMC${own}` === pmcid;
  const numbered = documentId(before);
  return (
    documentId(source.pmid) ??
    documentId(stated("article-id_pmid", "pmid")) ??
    (source._id?.includes("|") === true && numbered !== undefined ? numbered : undefined) ??
    (isPmc ? pmcid : (own ?? numbered ?? pmcid))
  );
}

/** The part that a passage is. Files without infons hold title and abstract in this order. */
export function passageKind(passage: BioCPassage, index: number): PassageKind {
  const type = String(passage.infons["type"] ?? "").toLowerCase();
  const section = String(passage.infons["section_type"] ?? "").toLowerCase();
  if (type === "" && section === "") return index === 0 ? "title" : index === 1 ? "abstract" : "body";
  if (index === 0 && (type === "title" || type === "front" || section === "title")) return "title";
  if (type.startsWith("abstract") || section === "abstract") return "abstract";
  if (type === "table" || type === "table_content") return "table";
  return ["fig", "table"].includes(section) || /^fig|caption|^table/.test(type) ? "caption" : "body";
}
