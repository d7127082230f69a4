/**
 * What a publication is besides its text: year, journal, DOI and whether it was retracted, as our PubTator
 * extension writes them, one `PMID|letter|value` line each. Reading and writing stand side by side.
 */
import type { Document } from "../../../src/core/document.js";

/** The fields of a document that the extension lines carry. */
export type PublicationMetadata = Pick<Document, "year" | "journal" | "doi" | "retracted">;

/** Reads one extension line; `refuse` throws for a letter that nobody writes or a value that makes no sense. */
export function parseMetadata(
  letter: string,
  value: string,
  refuse: (reason: string) => never,
): PublicationMetadata {
  if (letter === "j") return { journal: value };
  if (letter === "d") return { doi: value };
  if (letter === "r" && value === "retracted") return { retracted: true };
  if (letter === "y" && /^[12]\d{3}$/.test(value)) return { year: Number(value) };
  const known = "|y|1986, |j|Journal name, |d|DOI and |r|retracted";
  return refuse(`"|${letter}|${value}" is no line of a document; besides |t| and |a| there are ${known}`);
}

/** The extension lines of a document, without the PMID that opens each. */
export function toMetadataLines(document: PublicationMetadata): string[] {
  return [
    ...(document.year === undefined ? [] : [`|y|${document.year}`]),
    ...(document.journal === undefined ? [] : [`|j|${document.journal}`]),
    ...(document.doi === undefined ? [] : [`|d|${document.doi}`]),
    ...(document.retracted === true ? ["|r|retracted"] : []),
  ];
}
