/**
 * Compares our rows with those that the original tool made, document by document, and sorts the differences by
 * their cause. A row counts as unexplained when no cause below covers it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { toCompatLine } from "../../../ingest/harmonize/compat-rows.js";
import { readCompatRows } from "../../../ingest/harmonize/reading-compat.js";
import { documentText } from "../../../src/core/document.js";
import { documentSentences } from "../../../src/core/sentences.js";

/** What the comparison of one corpus found. */
export interface Comparison {
  readonly documents: number;
  readonly matched: number;
  /** Rows that differ, and the cause is known, by cause. */
  readonly explained: Record<string, number>;
  /** Rows that differ, or stand on one side only, for no known cause. */
  readonly unexplained: string[];
}

const SENTENCE = "spaCy cut the sentence elsewhere";
const WINDOW = "spaCy counted the sentences between the two otherwise";
const SHIFTED = "a Unicode space in the text shifted the tool's tags by a word";
const CUT = "the golden file ends inside this document";

/** Compares one corpus; white space is put aside for those that the tool tokenised. */
export async function compareWithGolden(
  corpus: CorpusDeclaration,
  corpora: string,
  oracles: string,
): Promise<Comparison> {
  const aside = corpus.compat?.text === "tokenised";
  const { golden, lastDocuments } = readGolden(join(oracles, corpus.name));
  const documents = aside ? await readTexts(corpus, join(corpora, corpus.name), golden) : new Map();
  const ours = new Map<string, Map<string, Map<string, string>>>();
  for await (const row of readCompatRows(corpus, join(corpora, corpus.name))) {
    const line = toCompatLine(row);
    const document = documentOf(line);
    if (!golden.has(document)) continue;
    const copies = ours.get(document) ?? new Map<string, Map<string, string>>();
    const rows = copies.get(row.pmid) ?? new Map<string, string>();
    ours.set(document, copies.set(row.pmid, rows.set(`${row.id1} ${row.id2}`, line)));
  }
  const found = {
    documents: 0,
    matched: 0,
    explained: {} as Record<string, number>,
    unexplained: [] as string[],
  };
  const explain = (cause: string) => {
    found.explained[cause] = (found.explained[cause] ?? 0) + 1;
  };
  for (const [pmid, lines] of golden) {
    const rows = closestCopy([...(ours.get(pmid)?.values() ?? [])], lines);
    if (rows === undefined) continue;
    found.documents += 1;
    for (const line of lines) {
      const key = line.split("\t").slice(3, 5).join(" ");
      const own = rows.get(key);
      rows.delete(key);
      if (own !== undefined && comparable(own, aside) === comparable(line, aside)) found.matched += 1;
      else {
        const cause = aside ? causeOf(line, own, documents.get(line.split("\t")[0] ?? "")) : undefined;
        if (cause === undefined) found.unexplained.push(`tool: ${line}\nours: ${own ?? "no such row"}`);
        else explain(cause);
      }
    }
    for (const own of rows.values()) {
      if (lastDocuments.has(pmid)) explain(CUT);
      else found.unexplained.push(`tool: no such row\nours: ${own}`);
    }
  }
  return found;
}

/** Of documents with one text (DDI repeats some sentences, annotated otherwise) the one that the tool's rows show. */
function closestCopy(copies: readonly Map<string, string>[], lines: readonly string[]) {
  const golden = new Set(lines.map((line) => comparable(line, false)));
  const equal = (rows: Map<string, string>) =>
    [...rows.values()].filter((line) => golden.has(comparable(line, false))).length;
  return copies.toSorted((a, b) => equal(b) - equal(a))[0];
}

/** A document's text without white space, and where our sentences begin and end in it. */
interface TextCuts {
  readonly text: string;
  readonly cuts: ReadonlySet<number>;
}

/** The texts of the golden documents, for rows that show another stretch of them than ours. */
async function readTexts(
  corpus: CorpusDeclaration,
  from: string,
  golden: ReadonlyMap<string, unknown>,
): Promise<Map<string, TextCuts>> {
  const wanted = new Set([...golden.keys()].map((key) => key.split(" ")[0]));
  const texts = new Map<string, TextCuts>();
  for await (const document of readCorpus(corpus, from)) {
    if (!wanted.has(document.pmid)) continue;
    const text = documentText(document);
    const bare = (end: number) => withoutSpace(text.slice(0, end)).length;
    const ends = documentSentences(document).flatMap(({ start, end }) => [bare(start), bare(end)]);
    texts.set(document.pmid, { text: withoutSpace(text), cuts: new Set(ends) });
  }
  return texts;
}

/**
 * Whether a row's text is a stretch of its document that begins or ends where none of our sentences does, or that
 * goes over one of our cuts: then the pair stands together there and not here, or the other way round.
 */
function isCutElsewhere(tool: string, document: TextCuts | undefined): boolean {
  const stretch = body(tool);
  const from = document?.text.indexOf(stretch) ?? -1;
  if (document === undefined || stretch === "" || from === -1) return false;
  const to = from + stretch.length;
  const within = [...document.cuts].some((cut) => cut > from && cut < to);
  return within || !document.cuts.has(from) || !document.cuts.has(to);
}

/** Why a row of a tokenised corpus differs, where the rows and the document's text show it. */
function causeOf(tool: string, own: string | undefined, document: TextCuts | undefined): string | undefined {
  if (own === undefined || body(own) !== body(tool)) {
    return isCutElsewhere(tool, document) ? SENTENCE : undefined;
  }
  const [theirs, ours] = [tool, own].map((line) => comparable(line, true).split("\t"));
  const differing = [...(theirs ?? []).keys()].filter((column) => theirs?.[column] !== ours?.[column]);
  if (differing.every((column) => column === 5 || column === 6)) return WINDOW;
  return /[\u2000-\u200a]/.test(own) ? SHIFTED : undefined;
}

/** The golden rows by document, and the last document of each file, of which rows may be missing. */
function readGolden(folder: string) {
  const golden = new Map<string, string[]>();
  const lastDocuments = new Set<string>();
  for (const file of readdirSync(folder)) {
    let last = "";
    for (const line of readFileSync(join(folder, file), "utf8").split("\n")) {
      if (line === "") continue;
      last = documentOf(line);
      golden.set(last, [...(golden.get(last) ?? []), line]);
    }
    lastDocuments.add(last);
  }
  return { golden, lastDocuments };
}

/**
 * What a row belongs to: its document and the corpus's tag, as EMU's two files share documents. DDI's sentences
 * have running numbers in the tool's rows, of its own making, so there the text itself tells.
 */
function documentOf(line: string): string {
  const [pmid = "", , , , , , , text = ""] = line.split("\t");
  const tag = /\[([^\]]*)\]/.exec(text)?.[1] ?? "";
  return tag === "DDI" ? body(line) : `${pmid} ${tag}`;
}

/** A row without the column of neighbours, which only spaCy's parser can fill. */
function comparable(line: string, withoutSpace: boolean): string {
  const columns = line.split("\t");
  if (columns[7]?.startsWith("What is [DDI]") === true) columns[0] = "";
  columns[7] = withoutSpace ? (columns[7] ?? "").replace(/\s/g, "") : (columns[7] ?? "");
  columns[8] = "";
  return columns.join("\t");
}

/** The text that a row shows, without question, tags and white space: which part of the document it is. */
function body(line: string): string {
  const text = line.split("\t")[7] ?? "";
  return text
    .replace(/^.*?\[SEP\]/s, "")
    .replace(/@\/?[A-Za-z]+(?:Src|Tgt)\/?\$/g, "")
    .replace(/\s/g, "");
}

function withoutSpace(text: string): string {
  return text.replace(/\s/g, "");
}
