/**
 * Which pairs of a document with very many are asked about: the number of pairs grows with the square of the entities,
 * and a long paper's would take hours. Those are asked whose closest mentions stand nearest, as a text rarely says
 * anything of two things that it never names close together. Abstracts are asked wholly: BioRED's have 855 pairs at most.
 */
import type { DocumentEntity } from "./candidate.js";
import type { Mention } from "./document.js";
import { mentionGap } from "./sentences.js";

/** Pairs of one document that are asked at most. */
export const MOST_PAIRS = 2000;

/** What is asked of a document, in the order that it was given in, and how many pairs are not. */
export interface AskedPairs<Pair> {
  readonly asked: readonly Pair[];
  readonly unasked: number;
}

/** An order of asking: the nearer first, of those equally near the one that is drawn first, which is the title's. */
interface Ranked<Pair> {
  readonly pair: Pair;
  readonly gap: number;
  readonly index: number;
}

/**
 * The nearest of some pairs, all of them where they are few. Pairs are taken one after the other and never all kept, so
 * a document may have millions.
 */
export function nearestPairs<Pair>(
  pairs: Iterable<Pair>,
  endsOf: (pair: Pair) => readonly [DocumentEntity, DocumentEntity],
  most = MOST_PAIRS,
): AskedPairs<Pair> {
  let kept: Ranked<Pair>[] = [];
  let farthest = Number.POSITIVE_INFINITY;
  let index = 0;
  for (const pair of pairs) {
    const [one, other] = endsOf(pair);
    const gap = smallestGap(one.mentions, other.mentions);
    // What comes later is behind those that are equally near.
    if (gap < farthest) kept.push({ pair, gap, index });
    index += 1;
    if (kept.length < 2 * most) continue;
    kept = nearest(kept, most);
    farthest = kept.at(-1)?.gap ?? farthest;
  }
  const asked = nearest(kept, most).sort((a, b) => a.index - b.index);
  return { asked: asked.map(({ pair }) => pair), unasked: index - asked.length };
}

function nearest<Pair>(ranked: readonly Ranked<Pair>[], most: number): Ranked<Pair>[] {
  return ranked.toSorted((a, b) => a.gap - b.gap || a.index - b.index).slice(0, most);
}

/** Characters between the closest two mentions of two entities, each with its mentions in text order. */
export function smallestGap(ones: readonly Mention[], others: readonly Mention[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  let [i, j] = [0, 0];
  for (let one = ones[i], other = others[j]; one !== undefined && other !== undefined; ) {
    smallest = Math.min(smallest, mentionGap(one, other));
    if (smallest === 0) return 0;
    // The one that begins first is nearest to none of those that follow.
    if (one.start <= other.start) one = ones[++i];
    else other = others[++j];
  }
  return smallest;
}
