/**
 * The engines `onnx` and `onnx-fp32`: ONNX Runtime on the CPU, with the dense layers in 8-bit integers or exact. It
 * comes with the packages, so both are always there.
 */
import type { Precision } from "../ops/onnx-ops.js";
import { CPU_ROWS, type Engine } from "./engine.js";
import { onnxRuntimeEngine } from "./onnx-session.js";

/** The default: the same class as in fp32 for at least 99% of pairs, two to four times as fast. */
export const onnxEngine = cpuEngine("onnx", "int8", true);

/** The reference that the others are compared with: within 1e-4 of PyTorch. */
export const onnxFp32Engine = cpuEngine("onnx-fp32", "fp32", false);

function cpuEngine(name: string, precision: Precision, automatic: boolean): Engine {
  return onnxRuntimeEngine({
    name,
    provider: "cpu",
    precision,
    runsOn: "the CPU",
    automatic,
    passRows: CPU_ROWS,
    presence: () => ({ present: true, found: "the CPU" }),
  });
}
