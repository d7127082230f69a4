/**
 * Streams a text file line by line with line numbers, and nothing more: only `\n` ends a line (texts hold other
 * separators), a closing `\r` is dropped, and what is not UTF-8 text is reported on its own line.
 */
import { BioWeftError } from "../../../src/core/errors.js";
import { fileChunks } from "./file-chunks.js";

/** A line of a file. `fault` says why it is not text; `text` is empty then. Numbers count from 1. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
  readonly fault?: string;
  /** Set on a last line that no line break ends. */
  readonly unterminated?: true;
}

/** A line with its place in the file in bytes; `end` counts its line break. */
export interface FileLine extends TextLine {
  readonly start: number;
  readonly end: number;
}

const NEWLINE = 0x0a;
const MAX_LINE_BYTES = 256 * 2 ** 20;

/**
 * Reads a file's lines; its bytes may come from elsewhere, such as a stream that was looked at. Throws NOT_FOUND for a
 * file that cannot be opened, BAD_INPUT for an endless line.
 */
export async function* readLines(
  file: string,
  chunks: AsyncIterable<Buffer> = fileChunks(file),
): AsyncGenerator<FileLine> {
  let number = 0;
  let start = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      number += 1;
      const bytes = Buffer.concat([...pending, chunk.subarray(from, end)]);
      const next = start + bytes.length + 1;
      yield { ...decodeLine(bytes, number), start, end: next };
      start = next;
      pending = [];
      pendingBytes = 0;
      from = end + 1;
    }
    pending.push(chunk.subarray(from));
    pendingBytes += chunk.length - from;
    if (pendingBytes > MAX_LINE_BYTES) {
      const reason = "a line longer than 256 MiB; give a text file with a document to a block or a line";
      throw new BioWeftError("BAD_INPUT", reason, { place: { file, line: number + 1 } });
    }
  }
  if (pendingBytes === 0) return;
  const last = decodeLine(Buffer.concat(pending), number + 1);
  yield { ...last, unterminated: true, start, end: start + pendingBytes };
}

/** The lines of a text that is already in memory, as `readLines` gives them. */
export function* textLines(text: string): Generator<TextLine> {
  let number = 0;
  for (const line of text.split("\n")) {
    number += 1;
    yield checkLine(line, number);
  }
}

/** Streams a file's text. Throws BAD_INPUT with the line for bytes that are not UTF-8 text, NOT_FOUND for no file. */
export async function* fileText(
  file: string,
  chunks: AsyncIterable<Buffer> = fileChunks(file),
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for await (const chunk of chunks) {
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new BioWeftError("BAD_INPUT", `bytes after this line that are not UTF-8 text`, {
        place: { file, line },
        cause,
      });
    }
    line += text.split("\n").length - 1;
    yield text;
  }
}

function decodeLine(bytes: Buffer, number: number): TextLine {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return checkLine(text, number);
  } catch {
    return { number, text: "", fault: "bytes that are not UTF-8; convert the file to UTF-8" };
  }
}

function checkLine(line: string, number: number): TextLine {
  if (line.includes("\0")) return { number, text: "", fault: "a NUL byte: this is not a text file" };
  const start = number === 1 && line.startsWith("\ufeff") ? 1 : 0;
  return { number, text: line.slice(start, line.endsWith("\r") ? -1 : undefined) };
}
