/**
 * The engine `onnx`: ONNX Runtime on the CPU, in fp32. It comes with the packages, so it is always there.
 */
import type { Engine } from "./engine.js";
import { loadOnnxSession } from "./onnx-session.js";

export const onnxEngine: Engine = {
  name: "onnx",
  description: "ONNX Runtime on the CPU, fp32",
  automatic: true,
  presence: async () => ({ present: true, found: "the CPU" }),
  load: (network, parameters) => loadOnnxSession(network, parameters, { engine: "onnx", provider: "cpu" }),
};
