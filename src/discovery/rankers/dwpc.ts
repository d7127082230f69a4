/**
 * DWPC: the degree-weighted path count, summed over the metapaths of two and three hops. It is no probability. Source:
 * Himmelstein & Baranzini 2015.
 */
import { METAPATHS, metapathName } from "../walks/metapath-counts.js";
import type { RankerScores, ScoreNumbers } from "./ranker.js";
import type { RankingQuery } from "./ranking-query.js";

/** The sum; the numbers are those of each metapath that has a path. */
export function dwpc({ view, from, candidates, metapaths }: RankingQuery): RankerScores {
  const scores = new Float64Array(view.size);
  for (const entity of candidates) {
    let sum = 0;
    for (let metapath = 0; metapath < METAPATHS.length; metapath++) sum += metapaths.at(metapath, entity);
    scores[entity] = sum;
  }
  return { scores, numbers: (entity) => metapathNumbers(entity) };

  function metapathNumbers(entity: number): ScoreNumbers {
    const found: [string, number][] = [];
    for (const [metapath, between] of METAPATHS.entries()) {
      const value = metapaths.at(metapath, entity);
      if (value > 0) found.push([metapathName(view.role(from), between, view.role(entity)), value]);
    }
    return Object.fromEntries(found);
  }
}
