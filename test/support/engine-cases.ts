/**
 * Small random networks of every kind with inputs, for comparing engines: what one engine computes on them, all
 * must.
 */
import { documentFeeds, documentGraph } from "../../src/model/document-graph.js";
import type { Engine } from "../../src/model/engines/engine.js";
import { TINY, TINY_ELECTRA, TINY_MPNET, tinyParameters, tinyView } from "./tiny-network.js";

const CASES = [
  { config: TINY, views: [tinyView(1), tinyView(2, 5, 1), tinyView(3, 30, 17)] },
  { config: TINY_ELECTRA, views: [tinyView(4, 20, 4)] },
  { config: TINY_MPNET, views: [tinyView(5, 30, 4)] },
];

/** The logits of every case on an engine, which is loaded and disposed for each network. */
export async function caseLogits(engine: Engine): Promise<number[][]> {
  const all: number[][] = [];
  for (const { config, views } of CASES) {
    const network = await engine.load(documentGraph(config), tinyParameters(1, config));
    for (const view of views) all.push([...(await network.logits(documentFeeds(view)))]);
    await network.dispose();
  }
  return all;
}

/** The largest difference between two engines' logits; NaN where their shapes differ. */
export function largestDifference(some: readonly number[][], others: readonly number[][]): number {
  const differences = some.flatMap((logits, index) => {
    const other = others[index] ?? [];
    return logits.length === other.length
      ? logits.map((x, i) => Math.abs(x - (other[i] ?? Number.NaN)))
      : Number.NaN;
  });
  return some.length === others.length ? Math.max(...differences) : Number.NaN;
}
