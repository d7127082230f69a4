/**
 * What BioC says of the publication itself: PMID, journal, year, DOI, and which part a passage is. PubTator3
 * spreads these over the document and its passages' infons.
 */
import type { Document, PassageKind } from "../../../src/core/document.js";
import type { BioCDocument, BioCPassage } from "./bioc-schema.js";

/** The publication's PMID (or the document's own identifier) and what else is known of it. */
export function publicationMetadata(
  source: BioCDocument,
): Pick<Document, "pmid" | "journal" | "year" | "doi"> {
  const stated = (...names: string[]) => {
    for (const infons of [source.infons, ...source.passages.map((passage) => passage.infons)]) {
      for (const name of names) {
        const value = infons[name];
        if ((typeof value === "string" && value !== "") || typeof value === "number") return String(value);
      }
    }
    return undefined;
  };
  const pmid = source.pmid ?? stated("article-id_pmid") ?? source.id?.replace(/\|.*$/, "") ?? "unknown";
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

/** The part that a passage is. Files without infons hold title and abstract in this order. */
export function passageKind(passage: BioCPassage, index: number): PassageKind {
  const type = String(passage.infons["type"] ?? "").toLowerCase();
  const section = String(passage.infons["section_type"] ?? "").toLowerCase();
  if (type === "" && section === "") return index === 0 ? "title" : index === 1 ? "abstract" : "body";
  if (index === 0 && (type === "title" || type === "front" || section === "title")) return "title";
  return type.startsWith("abstract") || section === "abstract" ? "abstract" : "body";
}
