/**
 * Converts between code points (how PubTator and BioC count) and UTF-16 code units (how JavaScript strings do).
 * They differ only where a text holds characters beyond the Basic Multilingual Plane.
 */
import { required } from "./required.js";

/** Translates offsets of one text in both directions. */
export interface OffsetMap {
  /** Code-point offset to UTF-16 offset; offsets past the end stay past the end. */
  toUtf16(codePoint: number): number;
  /** UTF-16 offset to code-point offset; an offset inside a surrogate pair counts the pair. */
  toCodePoint(utf16: number): number;
}

/** Builds the map for a text; for the usual text without astral characters both ways are the identity. */
export function offsetMap(text: string): OffsetMap {
  const astral = astralPositions(text);
  if (astral.length === 0) return { toUtf16: (offset) => offset, toCodePoint: (offset) => offset };
  return {
    // The i-th astral character sits at code point astral[i] - i, so each one passed adds a unit.
    toUtf16: (codePoint) => codePoint + countBelow(astral, (position, index) => position - index < codePoint),
    toCodePoint: (utf16) => utf16 - countBelow(astral, (position) => position + 1 < utf16),
  };
}

/** UTF-16 positions of the high surrogates of all astral characters, ascending. */
function astralPositions(text: string): number[] {
  const positions: number[] = [];
  for (const match of text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) positions.push(match.index);
  return positions;
}

/** How many leading entries satisfy a condition that holds for a prefix of the list. */
function countBelow(
  positions: readonly number[],
  below: (position: number, index: number) => boolean,
): number {
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below(required(positions[middle], "an astral character's position"), middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
