/**
 * The engines `webgpu` and `webgpu-fp16`: ONNX Runtime's WebGPU provider, which comes with it, on any card with
 * Vulkan, Metal or Direct3D 12. Whether the card computes in half precision shows when a network runs.
 */
import type { Precision } from "../ops/onnx-ops.js";
import { CARD_ROWS, type Engine } from "./engine.js";
import { webgpuDriver } from "./graphics-card.js";
import { onnxRuntimeEngine } from "./onnx-session.js";

/** ONNX Runtime on any graphics card, numbers of 32 bits. */
export const webgpuEngine = webgpu("webgpu", "fp32");
/** The same with numbers of 16 bits. */
export const webgpuFp16Engine = webgpu("webgpu-fp16", "fp16");

function webgpu(name: string, precision: Precision): Engine {
  return onnxRuntimeEngine({
    name,
    provider: "webgpu",
    precision,
    runsOn: "any graphics card, through WebGPU",
    automatic: true,
    passRows: CARD_ROWS,
    presence: webgpuDriver,
  });
}
