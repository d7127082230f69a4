/**
 * Which stretch of a text each pair is read in. A text that fits is one window; a longer one is cut into halves of
 * a window, and each pair is read where the halves of its closest mentions are joined, so no document loses its
 * tail and no pair its context.
 */
import type { Candidate } from "../../core/candidate.js";
import type { Mention } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { required } from "../../core/required.js";
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
 * Windows of at most `room` tokens over a text of `length` tokens that read every pair. Pairs across two halves fix
 * which windows there must be; pairs within one half join such a window where there is one (the encoder pass is the
 * cost), the one nearest to reading on, else they get their own.
 */
export function textWindows(length: number, room: number, pairs: readonly PlacedPair[]): TextWindow[] {
  if (length <= room) return [{ spans: [{ from: 0, to: length }], pairs: [...pairs] }];
  const half = halfOf(room);
  const last = Math.ceil(length / half) - 1;
  const groups = new Map<string, { halves: Halves; pairs: PlacedPair[] }>();
  // The group that each half's own pairs join, until there is another group.
  let joints = new Map<number, Halves | undefined>();
  const join = (halves: Halves, pair: PlacedPair) => {
    const key = halves.join(" ");
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { halves, pairs: [pair] });
      joints = new Map();
    } else group.pairs.push(pair);
  };
  const jointOf = (only: number): Halves | undefined => {
    if (joints.has(only)) return joints.get(only);
    const joint = [...groups.values()]
      .filter(({ halves }) => halves.includes(only))
      .sort((a, b) => a.halves[1] - a.halves[0] - (b.halves[1] - b.halves[0]))[0]?.halves;
    joints.set(only, joint);
    return joint;
  };
  const placed = pairs.map((pair) => ({ pair, halves: halvesOf(pair, half) }));
  for (const { pair, halves } of placed) if (halves[0] !== halves[1]) join(halves, pair);
  for (const { pair, halves } of placed) {
    const [only, other] = halves;
    if (only === other) join(jointOf(only) ?? ownWindow(only, last), pair);
  }
  return [...groups.values()].map(({ halves, pairs: members }) => ({
    spans: halves.map((index) => ({ from: index * half, to: Math.min(length, (index + 1) * half) })),
    pairs: members,
  }));
}

/**
 * Of readings, those that about `most` windows hold: all where these suffice, else a window after the other goes to the
 * readings whose mentions stand nearest, each pair's closest ones before any pair's next. In a long paper pairs of two
 * distant mentions would need a window each, and there are as many such windows as the square of its length.
 */
export function readingsWithin(
  length: number,
  room: number,
  readings: readonly PlacedPair[],
  most: number,
): readonly PlacedPair[] {
  if (textWindows(length, room, readings).length <= most) return readings;
  const half = halfOf(room);
  const last = Math.ceil(length / half) - 1;
  const windows = new Set<string>();
  const covered = new Set<number>();
  const kept = new Set<PlacedPair>();
  const read = new Set<Candidate>();
  for (const { reading, next } of nearestFirst(readings)) {
    if (next && !read.has(reading.candidate)) continue;
    const [low, high] = halvesOf(reading, half);
    const halves = low === high ? ownWindow(low, last) : [low, high];
    const key = halves.join(" ");
    if (!windows.has(key) && !(low === high && covered.has(low))) {
      if (windows.size >= most) continue;
      windows.add(key);
      for (const index of halves) covered.add(index);
    }
    kept.add(reading);
    read.add(reading.candidate);
  }
  return readings.filter((reading) => kept.has(reading));
}

/** Readings by how near their mentions stand; `next` is one at another than its pair's closest mentions. */
function nearestFirst(readings: readonly PlacedPair[]): { reading: PlacedPair; next: boolean }[] {
  const seen = new Set<Candidate>();
  const ranked = readings.map((reading) => {
    const next = seen.has(reading.candidate);
    seen.add(reading.candidate);
    return { reading, next, gap: mentionGap(reading.subject, reading.object) };
  });
  return ranked.sort((a, b) => Number(a.next) - Number(b.next) || a.gap - b.gap);
}

type Halves = readonly [number, number];

function halfOf(room: number): number {
  return Math.floor(room / 2);
}

/** The halves of windows that a pair's mentions are in, in text order. */
function halvesOf({ subjectToken, objectToken }: PlacedPair, half: number): Halves {
  const [one, other] = [Math.floor(subjectToken / half), Math.floor(objectToken / half)];
  return one <= other ? [one, other] : [other, one];
}

/** The window of what stands within one half: with the half that follows, at the end with the one before. */
function ownWindow(only: number, last: number): Halves {
  return only < last ? [only, only + 1] : [only - 1, only];
}

/** Finds a pair's closest two mentions, then the next closest, at most `most` times; the first such two on a tie. */
export function placePair(text: TokenizedText, candidate: Candidate, most: number): PlacedPair[] {
  const closest: { subject: Mention; object: Mention; gap: number }[] = [];
  for (const subject of candidate.subject.mentions) {
    for (const object of candidate.object.mentions) {
      const gap = mentionGap(subject, object);
      if (closest.length === most && gap >= required(closest[most - 1], "the farthest kept").gap) continue;
      const after = closest.findIndex((other) => gap < other.gap);
      closest.splice(after === -1 ? closest.length : after, 0, { subject, object, gap });
      closest.length = Math.min(closest.length, most);
    }
  }
  if (closest.length === 0) {
    throw new BioWeftError("INTERNAL", "a candidate has an entity without mentions");
  }
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
    if (required(text.ends[middle], "a token's end") <= mention.start) low = middle + 1;
    else high = middle;
  }
  return low;
}
