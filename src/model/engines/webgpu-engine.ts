/**
 * The engines `webgpu` and `webgpu-fp16`: ONNX Runtime's WebGPU provider, which comes with it, on any card with
 * Vulkan, Metal or Direct3D 12. Whether the card computes in half precision shows when a network runs.
 */
import type { Precision } from "../onnx-ops.js";
import type { Engine } from "./engine.js";
import { webgpuDriver } from "./graphics-card.js";
import { loadOnnxSession } from "./onnx-session.js";

export const webgpuEngine = webgpu("webgpu", "fp32");
export const webgpuFp16Engine = webgpu("webgpu-fp16", "fp16");

function webgpu(name: string, precision: Precision): Engine {
  return {
    name,
    description: `ONNX Runtime on any graphics card, through WebGPU, ${precision}`,
    automatic: true,
    presence: async () => webgpuDriver(),
    load: (network, parameters) =>
      loadOnnxSession(network, parameters, { engine: name, provider: "webgpu", precision }),
  };
}
