/** ONNX Runtime's memory over many documents of many lengths, each of which it allots buffers for. */
import { expect, it } from "vitest";
import { onnxEngine } from "../../../src/model/engines/onnx-engine.js";
import { documentFeeds, documentGraph } from "../../../src/model/networks/document-graph.js";
import { TINY, tinyParameters, tinyView } from "../../support/tiny/tiny-network.js";

const DOCUMENTS = 10_000;
const WARM = 2_000;

it("stays flat over 10,000 documents", { timeout: 300_000 }, async () => {
  const network = await onnxEngine.load(documentGraph(TINY), tinyParameters());
  let afterWarmUp = 0;
  for (let index = 0; index < DOCUMENTS; index++) {
    if (index === WARM) afterWarmUp = process.memoryUsage.rss();
    const view = tinyView(index, 3 + ((index * 7919) % 36), 1 + ((index * 104_729) % 100));
    await network.logits(documentFeeds(view));
  }
  const grown = (process.memoryUsage.rss() - afterWarmUp) / 2 ** 20;
  await network.dispose();
  // 8,000 documents further: 40 MB would be 5 kB a document. JavaScript's heap alone breathes by some 10 MB.
  expect(grown).toBeLessThan(40);
});
