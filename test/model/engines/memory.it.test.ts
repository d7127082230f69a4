/**
 * Nothing is left behind: no tensor by a thousand predictions on TensorFlow.js, where a forgotten one stays for good;
 * no resident memory by 10,000 documents on ONNX Runtime.
 */
import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { documentFeeds, documentGraph } from "../../../src/model/document-graph.js";
import { tfjsEngine } from "../../../src/model/engines/tfjs-engine.js";
import { loadPortableTensorflow } from "../../../src/model/tensorflow.js";
import { runProgram } from "../../support/program.js";
import { writeTinyModel } from "../../support/tiny-model.js";
import { TINY, tinyParameters, tinyView } from "../../support/tiny-network.js";

const SMALLEST = { ...TINY, layers: 1, hiddenSize: 4, embeddingSize: 4, headSize: 4 };

it("TensorFlow.js holds the weights and nothing else, and once disposed not even those", async () => {
  const { tf } = await loadPortableTensorflow();
  const held = () => [tf.memory().numTensors, tf.memory().numBytes];
  const before = held();
  const network = await tfjsEngine.load(documentGraph(SMALLEST), tinyParameters(1, SMALLEST));
  const feeds = [documentFeeds(tinyView(1, 4, 1)), documentFeeds(tinyView(2, 6, 2))];
  for (const each of feeds) await network.logits(each);
  const loaded = held();
  expect(loaded[0]).toBeGreaterThan(before[0] ?? 0);
  for (let round = 0; round < 500; round++) for (const each of feeds) await network.logits(each);
  expect(held()).toEqual(loaded);
  await network.dispose();
  expect(held()).toEqual(before);
});

it("ONNX Runtime's process does not grow from the second thousand documents to the tenth", async () => {
  const folder = await writeTinyModel();
  const { code, stdout } = await runProgram("test/support/memory-process.ts", [folder, "10000"]);
  rmSync(folder, { recursive: true, force: true });
  expect(code).toBe(0);
  const resident = JSON.parse(stdout) as number[];
  expect(resident).toHaveLength(10);
  expect((resident[9] ?? Number.NaN) - (resident[1] ?? Number.NaN)).toBeLessThan(10);
});
