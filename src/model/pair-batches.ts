/**
 * Token sequences → batches for the pair network: sequences of about one length together, padded to the longest of
 * the batch, as many as a budget of tokens allows. The budget bounds memory, whatever a document holds.
 */
import type { Feeds } from "./network.js";
import { PADDED, type PairInputName } from "./pair-network.js";

/** One pass of the pair network. */
export interface PairBatch {
  /** Index of each row's sequence among those given. */
  readonly members: readonly number[];
  readonly feeds: Feeds<PairInputName>;
}

/** Batches that hold every sequence once: at most `budget` tokens each, padding included, or a single sequence. */
export function pairBatches(sequences: readonly Int32Array[], pad: number, budget: number): PairBatch[] {
  const byLength = [...sequences.keys()].sort((a, b) => lengthOf(sequences, b) - lengthOf(sequences, a));
  const batches: PairBatch[] = [];
  for (let at = 0; at < byLength.length; ) {
    const longest = lengthOf(sequences, byLength[at] ?? 0);
    const count = Math.max(1, Math.floor(budget / Math.max(1, longest)));
    const members = byLength.slice(at, at + count);
    const part = members.map((index) => sequences[index] ?? new Int32Array());
    batches.push({ members, feeds: pairFeeds(part, pad) });
    at += count;
  }
  return batches;
}

/** The network's inputs for sequences that go together, all of them in the first segment, as the original tool's are. */
export function pairFeeds(sequences: readonly Int32Array[], pad: number): Feeds<PairInputName> {
  const count = sequences.length;
  const longest = Math.max(...sequences.map(({ length }) => length));
  const tokens = new Int32Array(count * longest).fill(pad);
  const padding = new Float32Array(count * longest).fill(PADDED);
  for (const [index, sequence] of sequences.entries()) {
    tokens.set(sequence, index * longest);
    padding.fill(0, index * longest, index * longest + sequence.length);
  }
  const ints = (length: number, value: (index: number) => number) => ({
    data: Int32Array.from({ length }, (_, index) => value(index)),
    shape: [length],
  });
  return {
    tokens: { data: tokens, shape: [tokens.length] },
    positions: ints(tokens.length, (row) => row % longest),
    places: ints(longest, (place) => place),
    segments: ints(tokens.length, () => 0),
    padding: { data: padding, shape: [count, 1, 1, longest] },
    firsts: ints(count, (index) => index * longest),
  };
}

function lengthOf(sequences: readonly Int32Array[], index: number): number {
  return sequences[index]?.length ?? 0;
}
