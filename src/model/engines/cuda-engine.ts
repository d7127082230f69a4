/**
 * The engines `cuda` and `cuda-fp16`: ONNX Runtime's CUDA provider. Its libraries are not in the npm package; its install script
 * fetches them where it is let run.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Precision } from "../ops/onnx-ops.js";
import { type Engine, LARGE_CARD_ROWS, type Presence } from "./engine.js";
import { nvidiaDriver } from "./graphics-card.js";
import { onnxRuntimeEngine } from "./onnx-session.js";

const LIBRARY =
  process.platform === "win32" ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";

/** ONNX Runtime on an NVIDIA card, numbers of 32 bits. */
export const cudaEngine = cuda("cuda", "fp32");
/** The same with numbers of 16 bits. */
export const cudaFp16Engine = cuda("cuda-fp16", "fp16");

function cuda(name: string, precision: Precision): Engine {
  return onnxRuntimeEngine({
    name,
    provider: "cuda",
    precision,
    runsOn: "an NVIDIA card, through CUDA",
    automatic: true,
    passRows: LARGE_CARD_ROWS,
    presence: () => {
      const card = nvidiaDriver();
      return card.present ? runtimeLibrary() : card;
    },
  });
}

function runtimeLibrary(): Presence {
  const dist = dirname(createRequire(import.meta.url).resolve("onnxruntime-node"));
  const file = join(dist, "..", "bin", "napi-v6", process.platform, process.arch, LIBRARY);
  if (existsSync(file)) return { present: true, found: "an NVIDIA driver and ONNX Runtime's CUDA libraries" };
  return {
    present: false,
    reason: `ONNX Runtime's CUDA libraries are not there (${LIBRARY})`,
    cure: "run `npm rebuild onnxruntime-node`, which fetches them",
  };
}
