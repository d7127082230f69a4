import { expect, it } from "vitest";
import { bySpeed } from "../../src/model/engine-choice.js";
import { engineByName } from "../../src/model/engines/registry.js";

const candidates = ["onnx", "cuda", "webgpu"].map(engineByName);
const order = (...trials: Parameters<typeof bySpeed>[1]) =>
  bySpeed(candidates, trials).map(({ name }) => name);

it("the fastest engine comes first, those that failed last, the last resort before the others", () => {
  const [onnx, cuda] = [
    { engine: "onnx", seconds: 0.2 },
    { engine: "cuda", fault: "no card" },
  ];
  expect(order(onnx, cuda, { engine: "webgpu", seconds: 0.1 })).toEqual(["webgpu", "onnx", "cuda"]);
  expect(order(onnx, cuda, { engine: "webgpu", seconds: 0.3 })).toEqual(["onnx", "webgpu", "cuda"]);
  expect(order(cuda)).toEqual(["onnx", "cuda", "webgpu"]);
});
