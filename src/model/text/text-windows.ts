/**
 * Which stretch of a text each pair is read in. A text that fits is one window; a longer one is cut into halves of
 * a window, and each pair is read where the halves of its closest mentions are joined, so no document loses its
 * tail and no pair its context.
 */
import type { Candidate } from "../../core/candidate.js";
import type { Mention } from "../../core/document.js";
import { mentionGap } from "../../core/sentences.js";
import type { TokenizedText } from "./tokenizer.js";

/** A pair with two of its mentions, one of each entity, as token indices of the whole text. */
export interface PlacedPair {
  readonly candidate: Candidate;
  readonly subject: Mention;
  readonly object: Mention;
  readonly subjectToken: number;
  readonly objectToken: number;
}

/** A stretch of text, one span or two, with the pairs that are read in it. */
export interface TextWindow {
  readonly spans: readonly TokenSpan[];
  readonly pairs: readonly PlacedPair[];
}

/** Tokens [from, to). */
export interface TokenSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Windows of at most `room` tokens over a text of `length` tokens that read every pair. Pairs across two halves fix which windows there must be; pairs within one half join such a window where there is one
 * (the encoder pass is the cost), the one nearest to reading on, else they get their own.
 */
export function textWindows(length: number, room: number, pairs: readonly PlacedPair[]): TextWindow[] {
  if (length <= room) return [{ spans: [{ from: 0, to: length }], pairs: [...pairs] }];
  const half = Math.floor(room / 2);
  const last = Math.ceil(length / half) - 1;
  const groups = new Map<string, { halves: [number, number]; pairs: PlacedPair[] }>();
  const join = (halves: [number, number], pair: PlacedPair) => {
    const group = groups.get(halves.join(" ")) ?? { halves, pairs: [] };
    group.pairs.push(pair);
    groups.set(halves.join(" "), group);
  };
  const within: { pair: PlacedPair; half: number }[] = [];
  for (const pair of pairs) {
    const [low = 0, high = 0] = [pair.subjectToken, pair.objectToken]
      .map((token) => Math.floor(token / half))
      .sort((a, b) => a - b);
    if (low === high) within.push({ pair, half: low });
    else join([low, high], pair);
  }
  for (const { pair, half: only } of within) {
    const joint = [...groups.values()]
      .filter(({ halves }) => halves.includes(only))
      .sort((a, b) => a.halves[1] - a.halves[0] - (b.halves[1] - b.halves[0]))[0];
    join(joint?.halves ?? (only < last ? [only, only + 1] : [only - 1, only]), pair);
  }
  return [...groups.values()].map(({ halves, pairs: members }) => ({
    spans: halves.map((index) => ({ from: index * half, to: Math.min(length, (index + 1) * half) })),
    pairs: members,
  }));
}

/** Finds a pair's closest two mentions, then the next closest, at most `most` times; the first such two on a tie. */
export function placePair(text: TokenizedText, candidate: Candidate, most: number): PlacedPair[] {
  const closest: { subject: Mention; object: Mention; gap: number }[] = [];
  for (const subject of candidate.subject.mentions) {
    for (const object of candidate.object.mentions) {
      const gap = mentionGap(subject, object);
      const after = closest.findIndex((other) => gap < other.gap);
      closest.splice(after === -1 ? closest.length : after, 0, { subject, object, gap });
      closest.length = Math.min(closest.length, most);
    }
  }
  if (closest.length === 0) throw new RangeError("a candidate has an entity without mentions");
  return closest.map(({ subject, object }) => ({
    ...{ candidate, subject, object },
    subjectToken: tokenAt(text, subject),
    objectToken: tokenAt(text, object),
  }));
}

/** The first token of the word that a mention begins in; the last token for a mention behind all words. */
export function tokenAt(text: TokenizedText, mention: Mention): number {
  let low = 0;
  let high = text.ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((text.ends[middle] ?? 0) <= mention.start) low = middle + 1;
    else high = middle;
  }
  return low;
}
