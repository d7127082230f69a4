/**
 * Where a text is marked, taken apart into pieces that follow each other. Offsets count UTF-16 units, ends exclusive.
 */

/** A place in a text and what it is there. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  /** Said when pointed at. */
  readonly title?: string;
}

/** A piece of a text; `kind` where it is marked. */
interface Piece {
  readonly start: number;
  readonly text: string;
  readonly kind?: string;
  readonly title?: string;
}

/** The pieces in order; of marks that overlap, the one that begins first (then the longer) is kept. */
export function toPieces(text: string, marks: readonly Mark[]): Piece[] {
  const inOrder = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, kind, title } of inOrder) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) pieces.push({ start: at, text: text.slice(at, start) });
    pieces.push({ start, text: text.slice(start, end), kind, ...(title === undefined ? {} : { title }) });
    at = end;
  }
  if (at < text.length) pieces.push({ start: at, text: text.slice(at) });
  return pieces;
}
