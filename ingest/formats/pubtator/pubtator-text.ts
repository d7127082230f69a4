/**
 * The text lines of a PubTator block: title, abstract, and in full-text exports the body, as `PMID|t|…` or
 * `PMID|title|…`, into passages. The rows between and behind them are left to pubtator-block.ts.
 */
import type { Passage, PassageKind } from "../../../src/core/document.js";
import { required } from "../../../src/core/required.js";
import type { TextLine } from "../reading/text-lines.js";
import { type PublicationMetadata, parseMetadata } from "./publication-metadata.js";

/** Throws a BAD_INPUT for a line of the block. */
export type Refuse = (line: TextLine, reason: string) => never;

/** A tabular line of a block. */
export interface Row {
  readonly line: TextLine;
  readonly columns: readonly string[];
}

/** What the lines of a block hold. */
interface BlockText {
  readonly passages: readonly Passage[];
  readonly metadata: PublicationMetadata;
  readonly rows: readonly Row[];
}

const KINDS: ReadonlyMap<string, PassageKind> = new Map(
  Object.entries<PassageKind>({
    t: "title",
    title: "title",
    a: "abstract",
    abstract: "abstract",
    b: "body",
    body: "body",
  }),
);
const TEXT_LINE = /^([^|\t]+)\|([a-z]|title|abstract|body)\|(.*)$/is;

/** The identifier, the tag in small letters and the text of a text line; undefined for any other line. */
export function parseTextLine(
  text: string,
): { readonly id: string; readonly tag: string; readonly text: string } | undefined {
  // Nearly all lines are rows, and a row is told by its tab.
  const match = rowId(text) === undefined ? TEXT_LINE.exec(text) : null;
  if (match === null) return undefined;
  const group = (index: number) => required(match[index], "a part of a text line");
  return { id: group(1), tag: group(2).toLowerCase(), text: group(3) };
}

/** What stands before a tabular line's first tab, its document's identifier; undefined for any other line. */
export function rowId(text: string): string | undefined {
  const tab = text.indexOf("\t");
  if (tab < 1) return undefined;
  const id = text.slice(0, tab);
  return id.includes("|") ? undefined : id;
}

/** Whether a line opens a document: its title, or an abstract where there is no title. */
export function opensDocument(tag: string): boolean {
  return KINDS.get(tag) === "title" || KINDS.get(tag) === "abstract";
}

/** Takes a block apart. A line without tabs behind a text line goes on with its text, which an editor has wrapped. */
export function parseBlockText(block: readonly TextLine[], pmid: string, refuse: Refuse): BlockText {
  const passages: { kind: PassageKind; text: string }[] = [];
  const rows: Row[] = [];
  let metadata: PublicationMetadata = {};
  let wrapping = false;
  for (const line of block) {
    const found = parseTextLine(line.text);
    const last = passages.at(-1);
    if (found === undefined) {
      if (wrapping && last !== undefined && !line.text.includes("\t")) last.text += `\n${line.text}`;
      else {
        if (passages.length === 0) refuse(line, "a document must open with a title line, PMID|t|text");
        rows.push({ line, columns: line.text.split("\t") });
        wrapping = false;
      }
      continue;
    }
    if (found.id !== pmid) refuse(line, `the line belongs to "${found.id}", its block to "${pmid}"`);
    const kind = KINDS.get(found.tag);
    wrapping = kind !== undefined;
    if (kind === undefined) {
      metadata = { ...metadata, ...parseMetadata(found.tag, found.text, (reason) => refuse(line, reason)) };
      continue;
    }
    if (kind !== "body" && passages.some((passage) => passage.kind === kind)) {
      refuse(line, `a second |${found.tag}| line; is the blank line between documents missing?`);
    }
    passages.push({ kind, text: found.text });
  }
  return { passages: placed(passages, rows), metadata, rows };
}

/**
 * Passages at their offsets, one character between two. Behind an empty title some files count none: their rows say
 * which.
 */
function placed(passages: readonly { kind: PassageKind; text: string }[], rows: readonly Row[]): Passage[] {
  const [first, second] = passages;
  const counted = layout(passages, 1);
  if (first?.text !== "" || second === undefined) return counted;
  const uncounted = layout(passages, 0);
  return matches(uncounted, rows) > matches(counted, rows) ? uncounted : counted;
}

function layout(
  passages: readonly { kind: PassageKind; text: string }[],
  behindEmptyTitle: 0 | 1,
): Passage[] {
  let next = 0;
  return passages.map(({ kind, text }) => {
    const offset = next;
    next += text.length + (offset === 0 && text === "" ? behindEmptyTitle : 1);
    return { kind, offset, text };
  });
}

/** How many rows find their words at their offsets. */
function matches(passages: readonly Passage[], rows: readonly Row[]): number {
  const text = passages.reduce((before, { offset, text: own }) => before.padEnd(offset, " ") + own, "");
  return rows.filter(({ columns: [, start, end, name] }) => text.slice(Number(start), Number(end)) === name)
    .length;
}
