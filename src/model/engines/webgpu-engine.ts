/**
 * The engine `webgpu`: ONNX Runtime's WebGPU provider, which comes with it, on any card with Vulkan, Metal or
 * Direct3D 12.
 */
import type { Engine } from "./engine.js";
import { webgpuDriver } from "./graphics-card.js";
import { loadOnnxSession } from "./onnx-session.js";

export const webgpuEngine: Engine = {
  name: "webgpu",
  description: "ONNX Runtime on any graphics card, through WebGPU, fp32",
  automatic: true,
  presence: async () => webgpuDriver(),
  load: (network, parameters) =>
    loadOnnxSession(network, parameters, { engine: "webgpu", provider: "webgpu" }),
};
