/**
 * One record of PubMed, an article's or a book's, into a `Document` without mentions, with its version and what else is
 * to be counted of it. Authors, MeSH headings and references are passed over: a `Document` has no place for them.
 * Source: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
 */
import type { Document, Passage } from "../../../src/core/document.js";
import type { ScannedElement } from "./element-scanner.js";
import { malformed } from "./pubmed-text.js";
import {
  attributeOf,
  elementOf,
  elementsOf,
  elementText,
  type RecordElements,
  textOf,
} from "./record-elements.js";

/** What is said of records beside how many they are, with the words that say so behind a number. */
export const RECORD_REMARKS = {
  book: "are books or chapters of books",
  "later-version": "are later versions of their paper",
  retracted: "are retracted",
  "retraction-notice": "are notices that retract another paper, and are not read for relations",
  correction: "are corrections of another paper, or have one",
  concern: "are expressions of concern, or are under one",
  "no-abstract": "have no abstract",
  "foreign-abstract": "have an abstract in another language only, which is not read",
  "no-title": "have no title",
  "vernacular-title": "have a title in their own language only",
  "no-year": "have no year",
} as const;
/** A kind of remark. */
export type RecordRemark = keyof typeof RECORD_REMARKS;

/** A record as PubMed has it. */
export interface PubMedRecord {
  readonly document: Document;
  /** PubMed's own count of the paper's versions, from 1. */
  readonly version: number;
  readonly remarks: readonly RecordRemark[];
}

// The corpus that PubMed's documents are known under.
const PUBMED_CORPUS = "PubMed";

/** Parses an article (`PubmedArticle`) or a book (`PubmedBookArticle`). Throws BAD_INPUT, without a place. */
export function parsePubMedRecord(record: RecordElements): PubMedRecord {
  const isBook = elementOf(record, "BookDocument") !== undefined;
  if (!isBook && elementOf(record, "Article") === undefined) {
    throw malformed("a record without <Article> and without <BookDocument>");
  }
  const { pmid, version } = identity(record);
  const remarks: RecordRemark[] = [];
  const remark = (kind: RecordRemark, holds: boolean) => {
    if (holds) remarks.push(kind);
  };
  const text = recordText(record, remark);
  const year = yearOf(record);
  remark("book", isBook);
  remark("later-version", version > 1);
  remark("no-year", year === undefined);
  const retracted = noteNotices(record, remark);
  const journal = isBook
    ? textOf(record, "BookTitle", "Book")
    : (textOf(record, "Title", "Journal") ?? textOf(record, "ISOAbbreviation", "Journal"));
  const doi = doiOf(record);
  return {
    document: {
      pmid,
      corpus: PUBMED_CORPUS,
      ...text,
      mentions: [],
      relations: [],
      ...(year === undefined ? {} : { year }),
      ...(journal === undefined ? {} : { journal }),
      ...(doi === undefined ? {} : { doi }),
      ...(retracted ? { retracted } : {}),
    },
    version,
    remarks,
  };
}

type Remark = (kind: RecordRemark, holds: boolean) => void;

/** The record's own PMID; others in it are of papers that it speaks of. */
function identity(record: RecordElements): { pmid: string; version: number } {
  const element = elementOf(record, "PMID", "MedlineCitation", "BookDocument");
  const pmid = element === undefined ? undefined : elementText(record, element);
  if (element === undefined || pmid === undefined || !/^[1-9]\d{0,8}$/.test(pmid)) {
    throw malformed(
      `a record whose <PMID> is "${pmid ?? ""}"; a PMID is a whole number of one to nine digits`,
    );
  }
  const version = Number(attributeOf(record, element, "Version") ?? 1);
  if (!Number.isInteger(version) || version < 1) throw malformed(`the Version of PMID ${pmid} is no number`);
  return { pmid, version };
}

function recordText(record: RecordElements, remark: Remark): Pick<Document, "passages"> {
  const own = textOf(record, "ArticleTitle") ?? textOf(record, "BookTitle", "Book");
  const vernacular = own === undefined ? textOf(record, "VernacularTitle") : undefined;
  const title = own ?? vernacular ?? "";
  remark("vernacular-title", vernacular !== undefined);
  remark("no-title", title === "");
  const passages: Passage[] = [{ kind: "title", offset: 0, text: title }];
  const { abstract, isForeign } = abstractOf(record);
  remark("foreign-abstract", isForeign);
  remark("no-abstract", abstract === undefined && !isForeign);
  // As PubTator counts: one character between title and abstract, behind an empty title too.
  if (abstract !== undefined) passages.push({ kind: "abstract", offset: title.length + 1, text: abstract });
  return { passages };
}

/** The abstract, else another one in English; the parts of a structured one behind their labels. */
function abstractOf(record: RecordElements): { abstract: string | undefined; isForeign: boolean } {
  const own = partsText(record, elementsOf(record, "AbstractText", "Abstract"));
  if (own !== undefined) return { abstract: own, isForeign: false };
  const others = elementsOf(record, "OtherAbstract");
  const english = others.find((other) => (attributeOf(record, other, "Language") ?? "eng") === "eng");
  if (english === undefined) return { abstract: undefined, isForeign: others.length > 0 };
  const parts = elementsOf(record, "AbstractText", "OtherAbstract");
  const inside = parts.filter(({ tag }) => tag > english.start && tag < english.end);
  return { abstract: partsText(record, inside), isForeign: false };
}

function partsText(record: RecordElements, parts: readonly ScannedElement[]): string | undefined {
  const texts = parts.flatMap((part) => {
    const text = elementText(record, part);
    if (text === undefined) return [];
    const label = attributeOf(record, part, "Label") ?? "";
    return label === "" || /^unlabelled$/i.test(label) ? [text] : [`${label}: ${text}`];
  });
  return texts.length === 0 ? undefined : texts.join(" ");
}

/** The year of the issue, or of the book; where that has only words (`1998 Dec-1999 Jan`), their first; else online. */
function yearOf(record: RecordElements): number | undefined {
  const written =
    dateText(record, "JournalIssue") ??
    dateText(record, "Book") ??
    textOf(record, "Year", "ArticleDate") ??
    textOf(record, "Year", "ContributionDate");
  const year = /\b[12]\d{3}\b/.exec(written ?? "")?.[0];
  return year === undefined ? undefined : Number(year);
}

/** What a date within a parent says of its year. */
function dateText(record: RecordElements, parent: string): string | undefined {
  const date = elementOf(record, "PubDate", parent);
  if (date === undefined) return undefined;
  const within = {
    ...record,
    elements: record.elements.filter(({ tag }) => tag > date.tag && tag < date.end),
  };
  return textOf(within, "Year") ?? textOf(within, "MedlineDate");
}

function doiOf(record: RecordElements): string | undefined {
  const stated =
    elementsOf(record, "ELocationID").find(
      (one) => attributeOf(record, one, "EIdType") === "doi" && attributeOf(record, one, "ValidYN") !== "N",
    ) ?? elementsOf(record, "ArticleId").find((one) => attributeOf(record, one, "IdType") === "doi");
  return stated === undefined ? undefined : elementText(record, stated);
}

const NOTICES: readonly (readonly [RecordRemark, RegExp])[] = [
  ["retraction-notice", /^(?:(?:Partial)?RetractionOf|Retraction of Publication)$/m],
  [
    "correction",
    /^(?:Erratum(?:In|For)|PartialRetractionIn|CorrectedandRepublished(?:In|From)|Published Erratum)$/m,
  ],
  ["concern", /^(?:ExpressionOfConcern(?:In|For)|Expression of Concern)$/m],
];

/** Notes what a record says of itself and of others; whether it is retracted: by its type, or by a notice in its list. */
function noteNotices(record: RecordElements, remark: Remark): boolean {
  const types = elementsOf(record, "PublicationType").map((one) => elementText(record, one));
  const notices = elementsOf(record, "CommentsCorrections").map((one) => attributeOf(record, one, "RefType"));
  const said = [...types, ...notices].join("\n");
  const retracted = /^(?:Retracted Publication|RetractionIn|RetractedandRepublishedIn)$/m.test(said);
  remark("retracted", retracted);
  for (const [kind, pattern] of NOTICES) remark(kind, pattern.test(said));
  return retracted;
}
