/**
 * Two things that are done to the bytes of a file often enough to be done fast: counting its lines, and passing over an
 * element without looking into it.
 */
import { malformed } from "./pubmed-text.js";

const NEWLINE = 0x0a;
const WORTH_WORDS = 64;
const NEXT_RECORD = Buffer.from("<PubmedArticle>");

/** Line breaks between two places, four bytes at a time: a search for each would cross into native code every time. */
export function countLines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  let at = from;
  const aligned = to - from < WORTH_WORDS ? to : from + ((4 - ((bytes.byteOffset + from) % 4)) % 4);
  for (; at < aligned; at += 1) if (bytes[at] === NEWLINE) count += 1;
  if (at === to) return count;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (to - at) >> 2);
  for (let index = 0; index < words.length; index += 1) {
    const word = (words[index] ?? 0) ^ 0x0a0a0a0a;
    // subtle: the top bit of each byte of the word that was a line break, and no other.
    const breaks = ~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f);
    if (breaks !== 0) count += Math.imul(breaks >>> 7, 0x01010101) >>> 24;
  }
  for (at += words.length * 4; at < to; at += 1) if (bytes[at] === NEWLINE) count += 1;
  return count;
}

/** An element that is passed over. */
export interface PassedOver {
  readonly opening: Buffer;
  readonly closing: Buffer;
}

/** The place of the end tag of an element whose content begins at `from`, those of its name in it passed over; -1 where it is missing. */
export function closingTag(bytes: Buffer, from: number, { opening, closing }: PassedOver): number {
  let end = bytes.indexOf(closing, from);
  for (let searched = from; end !== -1; ) {
    const inner = bytes.subarray(searched, end);
    const nested = inner.indexOf(opening);
    if (nested === -1) break;
    // Where one is not closed, the next that is found is another record's.
    if (inner.includes(NEXT_RECORD)) throw malformed(`${opening.toString()}> is not closed`);
    searched += nested + opening.length;
    end = bytes.indexOf(closing, end + closing.length);
  }
  return end;
}
