import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/model/engines/engine.js";
import { onnxFp32Engine } from "../../../src/model/engines/onnx-engine.js";
import { tfjsEngine } from "../../../src/model/engines/tfjs-engine.js";
import {
  documentBatches,
  documentBatchFeeds,
  documentBatchGraph,
} from "../../../src/model/networks/document-batch.js";
import { documentGraph } from "../../../src/model/networks/document-graph.js";
import { networkOutputs } from "../../../src/model/networks/document-network.js";
import { inBatches, oneByOne } from "../../../src/model/view-runner.js";
import {
  TINY,
  TINY_ELECTRA,
  TINY_MPNET,
  TINY_QUALIFIED,
  tinyParameters,
  tinyView,
} from "../../support/tiny/tiny-network.js";

const VIEWS = [tinyView(1), tinyView(2, 5, 1), tinyView(3, 30, 17), tinyView(4, 36, 2), tinyView(5, 12, 9)];
/** Room for about two of the larger views. */
const ROWS = 150;

describe("several documents in a pass", { timeout: 60_000 }, () => {
  it.each([
    ["BERT", onnxFp32Engine, TINY],
    ["ELECTRA", onnxFp32Engine, TINY_ELECTRA],
    ["MPNet", onnxFp32Engine, TINY_MPNET],
    ["BERT", tfjsEngine, TINY],
    ["MPNet", tfjsEngine, TINY_MPNET],
    ["with qualifiers", onnxFp32Engine, TINY_QUALIFIED],
    ["with qualifiers", tfjsEngine, TINY_QUALIFIED],
  ] as const)("are answered as each alone (%s)", async (_, engine: Engine, config) => {
    const parameters = tinyParameters(2, config);
    const single = oneByOne(await engine.load(documentGraph(config), parameters));
    const network = await engine.load(documentBatchGraph(config), parameters);
    const batched = inBatches(network, networkOutputs(config), ROWS);
    const expected = await single.run(VIEWS);
    const found = await batched.run(VIEWS);
    await Promise.all([single.dispose(), batched.dispose()]);
    expect(found.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
    for (const [view, logits] of found.entries()) {
      for (const [index, logit] of logits.entries()) {
        expect(logit).toBeCloseTo(expected[view]?.[index] ?? Number.NaN, 4);
      }
    }
  });

  it("are halved where a card has no memory for them, and the fault is told of one that fails alone", async () => {
    const parameters = tinyParameters(2);
    const network = await onnxFp32Engine.load(documentBatchGraph(TINY), parameters);
    const small = (most: number) => ({
      ...network,
      logits: (feeds: Parameters<typeof network.logits>[0]) =>
        (feeds.prompt.shape[0] ?? 0) > most
          ? Promise.reject(new Error("out of memory"))
          : network.logits(feeds),
    });
    const expected = await inBatches(network, TINY.classes, 10_000).run(VIEWS);
    const found = await inBatches(small(2), TINY.classes, 10_000).run(VIEWS);
    for (const [view, logits] of found.entries()) {
      expect(logits[0]).toBeCloseTo(expected[view]?.[0] ?? Number.NaN, 4);
    }
    await expect(inBatches(small(0), TINY.classes, 10_000).run(VIEWS)).rejects.toThrow("out of memory");
    await network.dispose();
  });

  it("are taken once each, the largest first, within the rows that a pass may have", () => {
    const batches = [...documentBatches(VIEWS, ROWS)];
    expect(batches.flat().sort()).toEqual([0, 1, 2, 3, 4]);
    expect(batches.length).toBeGreaterThan(1);
    for (const members of batches) {
      const { textOrder, markerOrder } = documentBatchFeeds(members.flatMap((index) => VIEWS[index] ?? []));
      const rows = textOrder.data.length + markerOrder.data.length;
      expect(members.length === 1 || rows <= ROWS).toBe(true);
    }
  });

  it("go alone where one has more rows than a pass may have, and not at all where there is none", () => {
    expect([...documentBatches(VIEWS, 1)].map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
    expect([...documentBatches([], ROWS)]).toEqual([]);
  });
});
