/**
 * Token sequences → batches for the pair network: sequences of about one length together, padded to the longest of
 * the batch, as many as a budget of tokens allows. The budget bounds memory, whatever a document holds.
 */
import { required } from "../../core/required.js";
import type { Feeds } from "../ops/network.js";
import { PADDED } from "../ops/ops.js";
import type { PairInputName } from "./pair-network.js";

/** One pass of the pair network. */
interface PairBatch {
  /** Index of each row's sequence among those given. */
  readonly members: readonly number[];
  readonly feeds: Feeds<PairInputName>;
}

/**
 * Batches that hold every sequence once: at most `budget` tokens each, padding included, or a single sequence. Each is
 * made when it is asked for, so that only one need be in memory.
 */
export function* pairBatches(
  sequences: readonly Int32Array[],
  pad: number,
  budget: number,
): Generator<PairBatch> {
  const byLength = [...sequences.keys()].sort((a, b) => lengthOf(sequences, b) - lengthOf(sequences, a));
  for (let at = 0; at < byLength.length; ) {
    const longest = lengthOf(sequences, required(byLength[at], "the longest sequence"));
    const count = Math.max(1, Math.floor(budget / Math.max(1, longest)));
    const members = byLength.slice(at, at + count);
    const part = members.map((index) => required(sequences[index], "a sequence of the pass"));
    yield { members, feeds: pairFeeds(part, pad) };
    at += count;
  }
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
  const positions = new Int32Array(tokens.length);
  for (let row = 0; row < positions.length; row++) positions[row] = row % longest;
  const ints = (data: Int32Array) => ({ data, shape: [data.length] });
  return {
    tokens: ints(tokens),
    positions: ints(positions),
    places: ints(positions.slice(0, longest)),
    start: ints(new Int32Array(1)),
    segments: ints(new Int32Array(tokens.length)),
    padding: { data: padding, shape: [count, 1, 1, longest] },
    firsts: ints(Int32Array.from(sequences, (_, index) => index * longest)),
  };
}

function lengthOf(sequences: readonly Int32Array[], index: number): number {
  return required(sequences[index], "a sequence").length;
}
