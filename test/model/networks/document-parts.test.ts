import { describe, expect, it } from "vitest";
import { onnxEngine, onnxFp32Engine } from "../../../src/model/engines/onnx-engine.js";
import { documentGraph } from "../../../src/model/networks/document-graph.js";
import { networkOutputs } from "../../../src/model/networks/document-network.js";
import { pairsPart, textPart } from "../../../src/model/networks/document-parts.js";
import { inParts, loadViewRunner, oneByOne } from "../../../src/model/view-runner.js";
import {
  TINY,
  TINY_ELECTRA,
  TINY_MPNET,
  TINY_QUALIFIED,
  tinyParameters,
  tinyView,
} from "../../support/tiny/tiny-network.js";

const VIEWS = [tinyView(1), tinyView(2, 5, 1), tinyView(3, 30, 17), tinyView(4, 36, 8)];

describe("the document network in two parts", { timeout: 60_000 }, () => {
  it.each([
    ["BERT, exact", onnxFp32Engine, TINY],
    ["ELECTRA, exact", onnxFp32Engine, TINY_ELECTRA],
    ["MPNet, exact", onnxFp32Engine, TINY_MPNET],
    ["MPNet, int8", onnxEngine, TINY_MPNET],
    ["with qualifiers, int8", onnxEngine, TINY_QUALIFIED],
    ["with qualifiers, exact", onnxFp32Engine, TINY_QUALIFIED],
  ] as const)(
    "gives every pair the logits of the whole, however few go together (%s)",
    async (_, engine, config) => {
      const parameters = tinyParameters(2, config);
      const whole = oneByOne(await engine.load(documentGraph(config), parameters));
      if (engine.loadPart === undefined) throw new Error("the processor's engines load parts");
      const text = await engine.loadPart(textPart(config), parameters);
      const pairs = await engine.loadPart(pairsPart(config), parameters);
      let passes = 0;
      const afterPass = async () => void passes++;
      const expected = await whole.run(VIEWS);
      for (const most of [3, 100]) {
        const runner = inParts(text, pairs, networkOutputs(config), most);
        const found = await runner.run(VIEWS, afterPass);
        expect(found.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
        for (const [view, logits] of found.entries()) {
          for (const [index, logit] of logits.entries()) {
            expect(logit).toBeCloseTo(expected[view]?.[index] ?? Number.NaN, 5);
          }
        }
      }
      // A text each, and its pairs by threes (1 + 1 + 6 + 3), then all together.
      expect(passes).toBe(4 + 11 + 4 + 4);
      await Promise.all([whole.dispose(), text.dispose(), pairs.dispose()]);
    },
  );

  it("is how the processor's engines run it", async () => {
    const runner = await loadViewRunner({ config: TINY, parameters: tinyParameters(2) }, onnxEngine);
    let passes = 0;
    const afterPass = async () => void passes++;
    const [logits] = await runner.run([tinyView(1)], afterPass);
    expect(passes).toBe(2);
    // In more steps for whoever looks on, but of a pair at least; the answers are the same to the last bit.
    expect((await runner.run([tinyView(1)], afterPass, 2))[0]).toEqual(logits);
    expect(passes).toBe(2 + 3);
    await runner.run([tinyView(2, 5, 1)], afterPass, 2);
    await runner.dispose();
    expect(passes).toBe(2 + 3 + 2);
  });
});
