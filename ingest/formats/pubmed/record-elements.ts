/**
 * The fields of one PubMed record, decoded out of the places that a scan noted.
 */
import { ElementScanner, type Scan, type ScannedElement } from "./element-scanner.js";
import { fieldText } from "./pubmed-text.js";

/** A record's bytes, and where its wanted elements stand in them. */
export interface RecordElements {
  readonly bytes: Buffer;
  readonly elements: readonly ScannedElement[];
}

// A paper's references have lists of identifiers and titles as well, which are not its own.
const SCANNER = new ElementScanner({
  wanted: [
    "PMID",
    "ArticleTitle",
    "BookTitle",
    "VernacularTitle",
    "Title",
    "ISOAbbreviation",
    "PubDate",
    "Year",
    "MedlineDate",
    "ELocationID",
    "ArticleId",
    "AbstractText",
    "OtherAbstract",
    "PublicationType",
    "CommentsCorrections",
    "Article",
    "BookDocument",
  ],
  parents: [
    "MedlineCitation",
    "Abstract",
    "ArticleDate",
    "ContributionDate",
    "Journal",
    "JournalIssue",
    "Book",
    "ArticleIdList",
    "DeleteCitation",
    "DeleteDocument",
  ],
  passedOver: ["ReferenceList", "AuthorList", "MeshHeadingList", "History", "ChemicalList", "KeywordList"],
});

/** Scans one record or list of deletions. Throws BAD_INPUT, without a place; undefined where bytes are missing. */
export function scanPubMed(bytes: Buffer, from: number): Scan | undefined {
  return SCANNER.scan(bytes, from);
}

/** The elements of a name within one of the parents given, or anywhere, in order. */
export function elementsOf(
  { elements }: RecordElements,
  name: string,
  ...parents: readonly string[]
): ScannedElement[] {
  return elements.filter(
    (one) => one.name === name && (parents.length === 0 || parents.includes(one.parent)),
  );
}

/** The first of them. */
export function elementOf({ elements }: RecordElements, name: string, ...parents: readonly string[]) {
  return elements.find((one) => one.name === name && (parents.length === 0 || parents.includes(one.parent)));
}

/** The text of the first of them; undefined where there is none or it is empty. */
export function textOf(
  record: RecordElements,
  name: string,
  ...parents: readonly string[]
): string | undefined {
  const element = elementOf(record, name, ...parents);
  return element === undefined ? undefined : elementText(record, element);
}

/** The text of an element; undefined for one that is empty. */
export function elementText({ bytes }: RecordElements, { start, end }: ScannedElement): string | undefined {
  const text = start === end ? "" : fieldText(bytes.toString("utf8", start, end));
  return text === "" ? undefined : text;
}

const ATTRIBUTES = new Map<string, RegExp>();

/** The value of an attribute. */
export function attributeOf(
  { bytes }: RecordElements,
  { tag, start }: ScannedElement,
  name: string,
): string | undefined {
  const written = bytes.toString("utf8", tag, start);
  let pattern = ATTRIBUTES.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    ATTRIBUTES.set(name, pattern);
  }
  const value = pattern.exec(written);
  return value === null ? undefined : fieldText(value[1] ?? value[2] ?? "");
}
