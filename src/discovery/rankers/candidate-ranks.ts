/**
 * Scores → ranks among the candidates, from 1 for the best; those that tie share the middle of their ranks.
 */

/** The rank of each candidate, in their order. */
export function candidateRanks(candidates: readonly number[], scores: Float64Array): Float64Array {
  const order = Uint32Array.from(candidates, (_, index) => index);
  const score = (index: number) => scores[candidates[index] ?? 0] ?? 0;
  order.sort((a, b) => score(b) - score(a));
  const ranks = new Float64Array(candidates.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && score(order[end] ?? 0) === score(order[start] ?? 0)) end++;
    for (let place = start; place < end; place++) ranks[order[place] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
