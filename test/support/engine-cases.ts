/**
 * Small random networks of both kinds and every encoder family, with inputs, for comparing engines: what one engine
 * computes on them, all must.
 */

import type { Engine } from "../../src/model/engines/engine.js";
import type { DocumentView } from "../../src/model/inputs/document-input.js";
import { documentBatchFeeds, documentBatchGraph } from "../../src/model/networks/document-batch.js";
import { documentFeeds, documentGraph } from "../../src/model/networks/document-graph.js";
import { type PairInputName, pairGraph } from "../../src/model/networks/pair-network.js";
import type { Feeds, Network } from "../../src/model/ops/network.js";
import type { Parameters } from "../../src/model/ops/parameters.js";
import {
  TINY,
  TINY_ELECTRA,
  TINY_MPNET,
  TINY_QUALIFIED,
  tinyParameters,
  tinyView,
} from "./tiny/tiny-network.js";
import { tinyBatch, tinyPairParameters } from "./tiny/tiny-pair.js";

/** Computes one network's logits for some inputs on an engine. */
type EngineCase = (engine: Engine) => Promise<number[][]>;

function aCase<Name extends string>(
  network: Network<Name>,
  parameters: Parameters,
  inputs: readonly Feeds<Name>[],
): EngineCase {
  return async (engine) => {
    const loaded = await engine.load(network, parameters);
    const all: number[][] = [];
    for (const feeds of inputs) all.push([...(await loaded.logits(feeds))]);
    await loaded.dispose();
    return all;
  };
}

const document = (config = TINY, ...views: readonly DocumentView[]) =>
  aCase(documentGraph(config), tinyParameters(1, config), views.map(documentFeeds));
const together = (config = TINY, ...views: readonly DocumentView[]) =>
  aCase(documentBatchGraph(config), tinyParameters(1, config), [documentBatchFeeds(views)]);
const pairs = (config = TINY, ...batches: readonly Feeds<PairInputName>[]) =>
  aCase(pairGraph(config), tinyPairParameters(2, config), batches);

/** Both networks, on the encoders that differ most: for engines that take seconds to start. */
export const FEW_CASES: readonly EngineCase[] = [
  document(TINY, tinyView(1)),
  together(TINY, tinyView(2, 5, 1), tinyView(3, 30, 17)),
  pairs(TINY_MPNET, tinyBatch(3, [14, 9])),
  document(TINY_QUALIFIED, tinyView(8, 20, 5)),
  together(TINY_QUALIFIED, tinyView(8, 20, 5), tinyView(9, 7, 2)),
];

/** Both networks on every encoder family, with inputs of several sizes. */
export const ALL_CASES: readonly EngineCase[] = [
  ...FEW_CASES,
  document(TINY, tinyView(2, 5, 1), tinyView(3, 30, 17)),
  document(TINY_ELECTRA, tinyView(4, 20, 4)),
  document(TINY_MPNET, tinyView(5, 30, 4)),
  together(TINY_MPNET, tinyView(5, 30, 4), tinyView(6, 12, 6), tinyView(7, 36, 1)),
  pairs(TINY, tinyBatch(4, [14, 9, 11]), tinyBatch(5, [20])),
  pairs(TINY_ELECTRA, tinyBatch(6, [7, 16])),
];

/** The logits of every case on an engine, which is loaded and disposed for each network. */
export async function caseLogits(engine: Engine, cases = ALL_CASES): Promise<number[][]> {
  const all: number[][] = [];
  for (const logits of cases) all.push(...(await logits(engine)));
  return all;
}

/** The largest difference between two engines' logits; NaN where their shapes differ. */
export function largestDifference(some: readonly number[][], others: readonly number[][]): number {
  if (some.length !== others.length) return Number.NaN;
  const differences = some.flatMap((logits, index) => {
    const other = others[index] ?? [];
    if (logits.length !== other.length) return Number.NaN;
    return logits.map((x, i) => Math.abs(x - (other[i] ?? Number.NaN)));
  });
  return Math.max(...differences);
}
