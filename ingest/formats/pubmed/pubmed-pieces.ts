/**
 * Cuts the bytes of a PubMed file into its records and deletions, each whole and scanned, none parsed. What stands between
 * them (the declaration, the root, white space, comments) is checked and passed over.
 */
import { BioWeftError } from "../../../src/core/errors.js";
import { describeBinary, describeForeign } from "../reading/foreign-forms.js";
import type { Scan, ScannedElement } from "./element-scanner.js";
import { scanPubMed } from "./record-elements.js";

/** A record or a list of deletions, from the first byte of its tag to the last. */
export interface PubMedPiece {
  readonly name: PieceName;
  /** The bytes that it stands in, from `start` to `end`, and its neighbours with it. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly elements: readonly ScannedElement[];
  /** The line that it begins at, from 1. */
  readonly line: number;
  /** Why its tags are not in order; it ends where the next piece begins then. */
  readonly fault?: BioWeftError;
}

const PIECES = ["PubmedArticle", "PubmedBookArticle", "DeleteCitation", "DeleteDocument"] as const;
type PieceName = (typeof PIECES)[number];
const ROOTS: readonly string[] = ["PubmedArticleSet", "PubmedBookArticleSet"];
/** The longest record is a few megabytes; a file without an end tag must not fill the memory. */
const LONGEST_PIECE = 1 << 26;
const LONGEST_HEAD = 1 << 12;
const [MARK_BYTES, NEWLINE, SPACE] = [3, 0x0a, 0x20];

/**
 * Streams the pieces of a file's plain bytes. Throws BAD_INPUT with the line for what is no PubMed XML, and for a file
 * that ends before it is closed.
 */
export async function* pubMedPieces(
  file: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<PubMedPiece> {
  const cutter = new PieceCutter(file);
  for await (const chunk of chunks) yield* cutter.cut(chunk, false);
  yield* cutter.cut(Buffer.alloc(0), true);
}

class PieceCutter {
  private buffer: Buffer = Buffer.alloc(0);
  /** Where in the buffer we are, and the line there. */
  private at = 0;
  private line = 1;
  private root: "before" | "open" | "closed" = "before";
  private pieces = 0;

  constructor(private readonly file: string) {}

  /** Takes in a chunk and gives the pieces that are whole by now. */
  *cut(chunk: Buffer, isLast: boolean): Generator<PubMedPiece> {
    this.buffer =
      this.at === this.buffer.length ? chunk : Buffer.concat([this.buffer.subarray(this.at), chunk]);
    this.at = 0;
    for (;;) {
      this.skipSpace();
      if (this.at === this.buffer.length) break;
      const found = this.next(isLast);
      if (found === "more") break;
      if (found !== "passed") yield found;
    }
    if (isLast) this.end();
    if (this.buffer.length - this.at > LONGEST_PIECE) throw this.refuse("a record of more than 64 MiB");
  }

  /** A piece; or nothing, having passed something over or for want of bytes. */
  private next(isLast: boolean): PubMedPiece | "passed" | "more" {
    const { buffer, at } = this;
    const head = buffer.toString("latin1", at, at + LONGEST_HEAD);
    const [opening, closing, name] = TAG.exec(head) ?? [];
    if (opening === undefined) {
      if (!isLast && head.length < LONGEST_HEAD) return "more";
      throw this.refuse(this.describe());
    }
    if (name === undefined) {
      if (/^<!DOCTYPE[^>]*\[/.test(opening))
        throw this.refuse("the file declares entities of its own, which are not read");
      this.pass(opening.length);
      return "passed";
    }
    const piece = PIECES.find((known) => known === name);
    if (piece !== undefined && closing === "") return this.piece(piece, isLast);
    if (!ROOTS.includes(name)) throw this.refuse(this.describe());
    if ((this.root === "open") !== (closing === "/")) throw this.refuse("a second root in one file");
    this.root = closing === "/" || opening.endsWith("/>") ? "closed" : "open";
    this.pass(opening.length);
    return "passed";
  }

  private piece(name: PieceName, isLast: boolean): PubMedPiece | "more" {
    const { buffer: bytes, at: start, line } = this;
    const known = { name, bytes, start, line };
    let scan: Scan | undefined;
    try {
      scan = scanPubMed(bytes, start);
    } catch (fault) {
      if (!(fault instanceof BioWeftError)) throw fault;
      const next = PIECE_STARTS.map((tag) => bytes.indexOf(tag, start + 1)).filter((found) => found !== -1);
      if (next.length === 0 && !isLast) return "more";
      const end = next.length === 0 ? bytes.length : Math.min(...next);
      this.pass(end - start);
      return { ...known, end, elements: [], fault };
    }
    if (scan === undefined) return "more";
    this.pieces += 1;
    this.at = scan.end;
    this.line += scan.lines;
    return { ...known, end: scan.end, elements: scan.elements };
  }

  /** What is left at the end of the file has to be nothing. */
  private end(): void {
    const isWhole = this.root === "closed" || (this.root === "before" && this.pieces > 0);
    if (this.at === this.buffer.length && isWhole) return;
    if (this.root === "before" && this.pieces === 0) throw this.refuse(this.describe());
    throw this.refuse("the file is cut: it ends before </PubmedArticleSet>; copy it again");
  }

  /** What stands here in place of PubMed XML. */
  private describe(): string {
    const rest = this.buffer.subarray(this.at, this.at + LONGEST_HEAD);
    const text = rest.toString("utf8");
    if (this.root !== "before" || this.pieces > 0) {
      return `"${text.slice(0, 30).trim().split("\n")[0]}" stands between the records of <PubmedArticleSet>`;
    }
    const what = rest.includes(0)
      ? describeBinary(rest)
      : text === ""
        ? "an empty file"
        : describeForeign(text);
    return `${what}, where PubMed XML is wanted: <PubmedArticleSet> of efetch, of the baseline or of update files`;
  }

  private refuse(reason: string): BioWeftError {
    return new BioWeftError("BAD_INPUT", reason, { place: { file: this.file, line: this.line } });
  }

  private pass(bytes: number): void {
    for (const end = this.at + bytes; this.at < end; this.at += 1) {
      if (this.buffer[this.at] === NEWLINE) this.line += 1;
    }
  }

  /** A byte order mark counts as space, as it stands before everything. */
  private skipSpace(): void {
    const isStart = this.root === "before" && this.pieces === 0 && this.at === 0;
    if (isStart && this.buffer.toString("latin1", 0, MARK_BYTES) === "\u00ef\u00bb\u00bf")
      this.at = MARK_BYTES;
    for (
      let byte = this.buffer[this.at];
      byte !== undefined && byte <= SPACE && byte !== 0;
      byte = this.buffer[this.at]
    )
      this.pass(1);
  }
}

/** What may begin a piece or stand between two: a tag, a comment, a declaration. */
const TAG = /^<(?:\?[\s\S]*?\?>|!--[\s\S]*?-->|!DOCTYPE[^>]*>|(\/?)([A-Za-z]\w*)(?:\s[^<>]*)?\/?>)/;
const PIECE_STARTS = [...PIECES.map((name) => `<${name}>`), ...ROOTS.map((name) => `</${name}>`)];
