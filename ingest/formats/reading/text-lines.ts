/**
 * Streams a text file line by line with line numbers, and nothing more: only `\n` ends a line (texts hold other
 * separators), closing `\r` are dropped, and what is not UTF-8 text is reported on its own line. A file without any
 * `\n` whose lines end in `\r`, as old Macs wrote them, is read by those. Gzip is unpacked.
 */
import { isUtf8 } from "node:buffer";
import { BioWeftError } from "../../../src/core/errors.js";
import { plainChunks } from "./plain-bytes.js";

/** A line of a file. `fault` says why it is not text; `text` is empty then. Numbers count from 1. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
  readonly fault?: string;
  /** What can be made out of a line that is not text, to tell where it belongs. */
  readonly raw?: string;
  /** Set on a last line that no line break ends. */
  readonly unterminated?: true;
}

/** A line with its place in the file in bytes; `end` counts its line break. */
interface FileLine extends TextLine {
  readonly start: number;
  readonly end: number;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const MAX_LINE_BYTES = 256 * 2 ** 20;

/**
 * Reads a file's lines; its bytes may come from elsewhere, such as a stream that was looked at. Throws NOT_FOUND for a
 * file that cannot be opened, BAD_INPUT for an endless line.
 */
export async function* readLines(file: string, source?: AsyncIterable<Buffer>): AsyncGenerator<FileLine> {
  for await (const lines of readLineBatches(file, source)) {
    for (const line of lines) yield line;
  }
}

/** The same lines, those that end in one chunk together: a wait for each line costs more than the line. */
export async function* readLineBatches(
  file: string,
  source?: AsyncIterable<Buffer>,
): AsyncGenerator<readonly FileLine[]> {
  let number = 0;
  let start = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  for await (const chunk of plainChunks(file, source)) {
    let from = 0;
    const lines: FileLine[] = [];
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      number += 1;
      const next = start + pendingBytes + end - from + 1;
      const line =
        pendingBytes === 0
          ? decodeLine(chunk, number, from, end)
          : decodeLine(Buffer.concat([...pending, chunk.subarray(from, end)]), number);
      lines.push({ ...line, start, end: next });
      start = next;
      if (pendingBytes > 0) {
        pending = [];
        pendingBytes = 0;
      }
      from = end + 1;
    }
    if (lines.length > 0) yield lines;
    if (from < chunk.length) pending.push(chunk.subarray(from));
    pendingBytes += chunk.length - from;
    if (pendingBytes > MAX_LINE_BYTES) {
      const reason = "a line longer than 256 MiB; give a text file with a document to a block or a line";
      throw new BioWeftError("BAD_INPUT", reason, { place: { file, line: number + 1 } });
    }
  }
  if (pendingBytes === 0) return;
  const rest = Buffer.concat(pending);
  if (number === 0 && rest.includes(RETURN)) yield [...linesByReturn(rest)];
  else yield [{ ...decodeLine(rest, number + 1), unterminated: true, start, end: start + pendingBytes }];
}

function* linesByReturn(bytes: Buffer): Generator<FileLine> {
  let start = 0;
  for (let number = 1; start < bytes.length; number += 1) {
    const found = bytes.indexOf(RETURN, start);
    const end = found === -1 ? bytes.length : found;
    const line = decodeLine(bytes.subarray(start, end), number);
    const next = found === -1 ? end : end + 1;
    yield { ...line, ...(found === -1 ? { unterminated: true } : {}), start, end: next };
    start = next;
  }
}

/** The lines of a text that is already in memory, as `readLines` gives them. */
export function* textLines(text: string): Generator<TextLine> {
  let number = 0;
  for (const line of text.split(text.includes("\n") ? "\n" : "\r")) {
    number += 1;
    yield checkLine(line, number);
  }
}

/**
 * Streams a file's text, of UTF-8 or the encoding given. Throws BAD_INPUT with the line for bytes that are none of it,
 * NOT_FOUND for no file.
 */
export async function* fileText(
  file: string,
  source?: AsyncIterable<Buffer>,
  encoding = "utf-8",
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  for await (const chunk of plainChunks(file, source)) {
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new BioWeftError(
        "BAD_INPUT",
        `bytes after this line that are not ${encoding.toUpperCase()} text`,
        {
          place: { file, line },
          cause,
        },
      );
    }
    line += text.split("\n").length - 1;
    yield text;
  }
}

function decodeLine(bytes: Buffer, number: number, from = 0, to = bytes.length): TextLine {
  const text = bytes.toString("utf8", from, to);
  // What is not UTF-8 becomes replacement characters, which a text may hold itself.
  if (!text.includes("\ufffd") || isUtf8(bytes.subarray(from, to))) return checkLine(text, number);
  const raw = bytes.toString("latin1", from, to);
  return { number, text: "", fault: "bytes that are not UTF-8; convert the file to UTF-8", raw };
}

function checkLine(line: string, number: number): TextLine {
  if (line.includes("\0")) return { number, text: "", fault: "a NUL byte, which no text holds", raw: line };
  const start = number === 1 && line.startsWith("\ufeff") ? 1 : 0;
  const text = line.slice(start);
  return { number, text: text.endsWith("\r") ? text.replace(/\r+$/, "") : text };
}
