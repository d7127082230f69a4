/** The document network learns a few pairs by heart, step by step. */
import { expect, it } from "vitest";
import { documentFeeds, documentGraph } from "../../../src/model/networks/document-graph.js";
import { loadPortableTensorflow } from "../../../src/model/ops/tensorflow.js";
import { ADAMW_DEFAULTS } from "../../../src/model/training/adamw.js";
import { GradientEngine } from "../../../src/model/training/gradient-engine.js";
import { WeightStore } from "../../../src/model/training/weight-store.js";
import { TINY, tinyParameters, tinyView } from "../../support/tiny/tiny-network.js";

it("learns a few pairs by heart and leaves no tensor behind", async () => {
  const backend = await loadPortableTensorflow();
  const engine = new GradientEngine(backend.tf, documentGraph(TINY), new WeightStore(tinyParameters()));
  const before = backend.tf.memory().numTensors;
  const batch = [1, 2].map((seed) => ({ feeds: documentFeeds(tinyView(seed)), targets: [1, 4, 0] }));
  const losses: number[] = [];
  for (let step = 1; step <= 20; step++) {
    const rate = () => 0.01;
    losses.push(await engine.step(batch, step, rate, ADAMW_DEFAULTS, () => 1));
  }
  expect(losses[0]).toBeGreaterThan(1);
  expect(losses.at(-1)).toBeLessThan(0.05);
  expect(backend.tf.memory().numTensors).toBe(before);
});
