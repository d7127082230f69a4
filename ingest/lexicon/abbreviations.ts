/**
 * Abbreviations that a text explains itself: "tumor necrosis factor (TNF)". The algorithm is Schwartz and Hearst's (Pacific
 * Symposium on Biocomputing 2003): the short form's letters are sought from right to left in the words before the
 * bracket, the first at a word's beginning.
 */

/** A short form in brackets and the words that it stands for, in UTF-16 offsets. */
export interface Abbreviation {
  readonly short: string;
  readonly start: number;
  readonly end: number;
}

const BRACKET = /\(([^()]{2,15}?)(?:[;,][^()]*)?\)/g;

/** The abbreviations of a text in its order; `start` and `end` are those of the long form. */
export function findAbbreviations(text: string): Abbreviation[] {
  const found: Abbreviation[] = [];
  for (const { 0: bracket, 1: inside = "", index } of text.matchAll(BRACKET)) {
    const short = inside.trim();
    if (!isShortForm(short)) continue;
    const words = wordsBefore(text, index, Math.min(short.length + 5, short.length * 2));
    const start = longFormStart(text, words.start, words.end, short);
    if (start !== undefined) found.push({ short, start, end: words.end });
    void bracket;
  }
  return found;
}

function isShortForm(short: string): boolean {
  return (
    short.length >= 2 &&
    short.length <= 10 &&
    short.split(/\s+/).length <= 2 &&
    /\p{L}/u.test(short) &&
    /^[\p{L}\p{N}]/u.test(short)
  );
}

/** Up to so many words before a place, within the clause. */
function wordsBefore(text: string, at: number, count: number): { start: number; end: number } {
  const end = text.slice(0, at).trimEnd().length;
  let start = end;
  for (let words = 0; words < count && start > 0; words++) {
    let next = start;
    while (next > 0 && /\s/.test(text.charAt(next - 1))) next -= 1;
    while (next > 0 && /\S/.test(text.charAt(next - 1))) next -= 1;
    if (/[.;:]\s*$/.test(text.slice(next, start)) && words > 0) break;
    start = next;
  }
  return { start, end };
}

function longFormStart(text: string, from: number, end: number, short: string): number | undefined {
  let at = end - 1;
  for (let letter = short.length - 1; letter >= 0; letter--) {
    const wanted = short.charAt(letter).toLowerCase();
    if (!/[\p{L}\p{N}]/u.test(wanted)) continue;
    while (
      at >= from &&
      (text.charAt(at).toLowerCase() !== wanted ||
        (letter === 0 && at > from && /[\p{L}\p{N}]/u.test(text.charAt(at - 1))))
    )
      at -= 1;
    if (at < from) return undefined;
    at -= 1;
  }
  const start = at + 1;
  return end - start > short.length ? start : undefined;
}
