/**
 * Goes over the bytes of one element once: finds its end, checks that tags are closed by their own, counts lines and
 * notes where the wanted elements stand. Nothing is decoded here, and long lists that nobody wants are not looked into. A
 * parser that makes an object of every element takes several times as long for the some 150 of a PubMed record, of which a
 * dozen are wanted.
 */
import { closingTag, countLines, type PassedOver } from "./byte-search.js";
import { malformed } from "./pubmed-text.js";

/** Where a wanted element stands. Its tag goes from `tag` to `start`, its content from `start` to `end`. */
export interface ScannedElement {
  readonly name: string;
  /** The name of the element around it; empty where that is none of the wanted or known. */
  readonly parent: string;
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** What a scan found. */
export interface Scan {
  /** Behind the element's end tag. */
  readonly end: number;
  readonly lines: number;
  /** In the order of their end tags. */
  readonly elements: readonly ScannedElement[];
}

/** The elements to note, those whose names are told as their parents, and those that are not looked into. */
interface ScanWish {
  readonly wanted: readonly string[];
  readonly parents: readonly string[];
  readonly passedOver: readonly string[];
}

const [LT, GT, SLASH, BANG, QUESTION, QUOTE, APOSTROPHE, NEWLINE, SPACE] = [
  0x3c, 0x3e, 0x2f, 0x21, 0x3f, 0x22, 0x27, 0x0a, 0x20,
];
const DEEPEST = 64;

/** Goes over elements, one at a time. */
export class ElementScanner {
  private readonly nameOf: ReadonlyMap<number, string>;
  private readonly wanted: ReadonlySet<number>;
  private readonly skipped: ReadonlyMap<number, PassedOver>;
  // The elements that are open, by the hashes of their names.
  private readonly names = new Int32Array(DEEPEST);
  private readonly tags = new Int32Array(DEEPEST);
  private readonly starts = new Int32Array(DEEPEST);
  private depth = 0;
  private lines = 0;
  private hash = 0;
  private elements: ScannedElement[] = [];

  constructor({ wanted, parents, passedOver }: ScanWish) {
    this.nameOf = new Map([...wanted, ...parents].map((name) => [hashOf(name), name]));
    this.wanted = new Set(wanted.map(hashOf));
    this.skipped = new Map(
      passedOver.map((name) => [
        hashOf(name),
        { opening: Buffer.from(`<${name}`), closing: Buffer.from(`</${name}>`) },
      ]),
    );
  }

  /**
   * Scans the element that begins at a place. Throws BAD_INPUT, without a place, for tags that do not match; undefined
   * where bytes are missing.
   */
  scan(bytes: Buffer, from: number): Scan | undefined {
    [this.depth, this.lines, this.elements] = [0, 0, []];
    for (let tag = from; tag !== -1; ) {
      const second = bytes[tag + 1];
      if (second === BANG || second === QUESTION) {
        tag = this.nextTag(bytes, behindSpecial(bytes, tag));
        continue;
      }
      const nameEnd = this.readName(bytes, second === SLASH ? tag + 2 : tag + 1);
      const end = bytes[nameEnd] === GT ? nameEnd : tagEnd(bytes, nameEnd);
      if (end >= bytes.length) return undefined;
      if (end !== nameEnd) this.lines += countLines(bytes, tag, end);
      let behind = end + 1;
      if (second !== SLASH) behind = this.open(bytes, tag, behind);
      if (behind === -1) return undefined;
      const isEmpty = second !== SLASH && bytes[end - 1] === SLASH;
      if (second === SLASH || isEmpty) this.close(bytes, tag, isEmpty);
      if (this.depth === 0) return { end: behind, lines: this.lines, elements: this.elements };
      tag = this.nextTag(bytes, behind);
    }
    return undefined;
  }

  /** The place of the next tag, or -1. This loop is most of the work. */
  private nextTag(bytes: Buffer, from: number): number {
    if (from === -1) return -1;
    let lines = 0;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === NEWLINE) lines += 1;
      else if (byte === LT) {
        this.lines += lines;
        return at;
      }
    }
    return -1;
  }

  /** Reads a name into `hash`; gives the place behind it. */
  private readName(bytes: Buffer, from: number): number {
    let hash = HASH_START;
    let at = from;
    for (let letter = bytes[at] ?? SPACE; letter > SPACE && letter !== GT && letter !== SLASH; ) {
      hash = Math.imul(hash ^ letter, HASH_FACTOR);
      at += 1;
      letter = bytes[at] ?? SPACE;
    }
    this.hash = hash;
    return at;
  }

  /** Notes that an element is open; gives the place to go on at, behind all that is passed over, or -1. */
  private open(bytes: Buffer, tag: number, behind: number): number {
    if (this.depth === DEEPEST) throw malformed(`elements stand ${DEEPEST} deep in each other`);
    if (this.depth > 0 && this.hash === this.names[0]) {
      throw malformed("a record is not closed before the next begins");
    }
    this.names[this.depth] = this.hash;
    this.tags[this.depth] = tag;
    this.starts[this.depth] = behind;
    this.depth += 1;
    const skip = bytes[behind - 2] === SLASH ? undefined : this.skipped.get(this.hash);
    if (skip === undefined) return behind;
    const end = closingTag(bytes, behind, skip);
    if (end !== -1) this.lines += countLines(bytes, behind, end);
    return end;
  }

  private close(bytes: Buffer, tag: number, isEmpty: boolean): void {
    this.depth -= 1;
    const opened = this.tags[this.depth] ?? 0;
    if (this.names[this.depth] !== this.hash) throw mismatch(bytes, tag, opened);
    if (!this.wanted.has(this.hash)) return;
    const start = this.starts[this.depth] ?? 0;
    const around = this.depth === 0 ? undefined : this.names[this.depth - 1];
    this.elements.push({
      name: this.nameOf.get(this.hash) ?? "",
      parent: around === undefined ? "" : (this.nameOf.get(around) ?? ""),
      tag: opened,
      start,
      end: isEmpty ? start : tag,
    });
  }
}

// FNV-1a: two names of PubMed's DTD with one hash would be seen by the tests; one of another's choosing only loses its field.
const HASH_START = 0x811c9dc5 | 0;
const HASH_FACTOR = 0x01000193;

function hashOf(name: string): number {
  let hash = HASH_START;
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, HASH_FACTOR);
  return hash;
}

/** The place of the > that ends a tag; those in the values of attributes do not. The length where it is missing. */
function tagEnd(bytes: Buffer, from: number): number {
  let quote = 0;
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (quote !== 0) quote = byte === quote ? 0 : quote;
    else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
    else if (byte === GT) return at;
    else if (byte === LT) throw malformed("a < in a tag");
  }
  return at;
}

/** Behind a comment, a CDATA section or an instruction; -1 where its end is missing. */
function behindSpecial(bytes: Buffer, at: number): number {
  const head = bytes.toString("latin1", at, at + 9);
  const end = head.startsWith("<!--")
    ? "-->"
    : head === "<![CDATA["
      ? "]]>"
      : head.startsWith("<?")
        ? "?>"
        : undefined;
  if (end === undefined && head.length === 9) throw malformed(`"${head}" within a record`);
  const found = end === undefined ? -1 : bytes.indexOf(end, at, "latin1");
  return found === -1 || end === undefined ? -1 : found + end.length;
}

function mismatch(bytes: Buffer, closing: number, opened: number) {
  const shown = (at: number) => bytes.toString("utf8", at, at + 40).split(/(?<=>)|\n/)[0] ?? "";
  return malformed(`${shown(closing)} closes ${shown(opened)}`);
}
