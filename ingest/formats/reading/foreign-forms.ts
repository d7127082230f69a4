/**
 * Names files that are none of ours but whose form is known, with the command that gets the same papers. It only looks
 * at a file's beginning, when no reader wants it.
 */

const BY_PMID =
  "`bioweft ingest pmid` (or `bioweft annotate --pubtator3`) fetches such papers with their annotations";
const AS_TEXTS = "`bioweft annotate` finds the names in plain texts, one a line";

interface ForeignForm {
  readonly pattern: RegExp;
  readonly what: string;
}

const FORMS: readonly ForeignForm[] = [
  {
    pattern: /<PubmedArticle(?:Set)?[\s>]|<MedlineCitation[\s>]/,
    what: `PubMed XML, which holds no annotations: \`bioweft ingest pubmed --updates FILE\` reads it, ${BY_PMID}`,
  },
  {
    pattern: /<pmc-articleset[\s>]|<article[\s>]|\/\/DTD JATS|<front[\s>]/,
    what: `an article in JATS XML, which holds no annotations: ${BY_PMID}`,
  },
  {
    pattern: /<(?:DescriptorRecordSet|SupplementalRecordSet)[\s>]/,
    what: "MeSH itself: `bioweft lexicon` reads vocabularies",
  },
  {
    pattern: /<eFetchResult[\s>]|<ERROR>/,
    what: "an error that NCBI answered with instead of papers; fetch the file again",
  },
  {
    pattern: /<sentence[\s>]/,
    what: "XML without a BioC collection (of a corpus? then name it with --corpus)",
  },
  {
    pattern: /<!doctype html|<html[\s>]/i,
    what: "XML without a BioC collection: a web page, not the file behind its link",
  },
  { pattern: /^\s*</, what: "XML without a BioC collection" },
  {
    pattern: /"denotations"\s*:/,
    what: "PubAnnotation JSON, which we do not read; convert it to BioC or PubTator",
  },
  {
    pattern: /"anns"\s*:|"annotations"\s*:[^\]]*"exact"\s*:/,
    what: `Europe PMC's annotations, which hold no text: ${BY_PMID}`,
  },
  {
    pattern: /"is_neural_normalized"|"annotations"\s*:[^\]]*"mention"\s*:/,
    what: `BERN2's JSON, which we do not read: ${BY_PMID}`,
  },
  {
    pattern: /^\s*\{\s*"(?:detail|error|message)"\s*:/i,
    what: "JSON without documents: an error that a service answered with; fetch the file again",
  },
  { pattern: /^\s*[[{]/, what: "JSON without documents" },
  {
    pattern: /^TY\s{2}-\s/m,
    what: `references in RIS, which hold no annotations: ${BY_PMID}`,
  },
  {
    pattern: /^(?:PMID|PUI|OWN|STAT)\s*-\s/m,
    what: `MEDLINE's text form, which holds no annotations: ${BY_PMID}`,
  },
  {
    pattern: /^T\d+\t\S+ \d+ \d+(?:;\d+ \d+)*\t/m,
    what: "brat's annotations, without their text; convert both to PubTator or BioC",
  },
  {
    pattern: /^\d+\t[a-z_]+\t\w+\|\S+\t\w+\|\S+\s*$/m,
    what: `PubTator3's table of relations, which holds no text: ${BY_PMID}`,
  },
  {
    pattern:
      /^\d+\t(?:Gene|Disease|Chemical|Species|CellLine|\w*Mutation|SNP|Variant)\t[^\t]*\t[^\t]*\t[^\t]*$/m,
    what: `PubTator3's table of entities, which holds no text: ${BY_PMID}`,
  },
  {
    pattern: /^[^\t\n]+\t[^\t\n]+/,
    what: `text of no format that we know; if it is a table of texts, ${AS_TEXTS}`,
  },
];

/** What a file is that is no text, by its first bytes. */
export function describeBinary(head: Buffer): string {
  const start = head.subarray(0, 6).toString("latin1");
  const isPacked = ["PK\x03\x04", "BZh", "\xfd7zXZ", "\x28\xb5\x2f\xfd", "7z"].some((magic) =>
    start.startsWith(magic),
  );
  if (isPacked) return "a binary file, packed in a way that is not read (gzip is): unpack it first";
  return start.startsWith("%PDF") ? "a binary file, a PDF" : "a binary file";
}

/** What a text is that no reader wants, by its beginning. */
export function describeForeign(head: string): string {
  return FORMS.find(({ pattern }) => pattern.test(head))?.what ?? "text of no format that we know";
}
