/**
 * All engines. To add one: its file in this folder, and its name here.
 */
import { BioWeftError } from "../../core/errors.js";
import { cudaEngine, cudaFp16Engine } from "./cuda-engine.js";
import type { Engine } from "./engine.js";
import { onnxEngine, onnxFp32Engine } from "./onnx-engine.js";
import { tfjsEngine } from "./tfjs-engine.js";
import { tfjsGpuEngine } from "./tfjs-gpu-engine.js";
import { tfjsNodeEngine } from "./tfjs-node-engine.js";
import { tfjsWebgpuEngine } from "./tfjs-webgpu-engine.js";
import { webgpuEngine, webgpuFp16Engine } from "./webgpu-engine.js";

/** Every engine. The first is always there and is what is taken when all others fail. */
export const ENGINES: readonly Engine[] = [
  onnxEngine,
  onnxFp32Engine,
  cudaEngine,
  cudaFp16Engine,
  webgpuEngine,
  webgpuFp16Engine,
  tfjsGpuEngine,
  tfjsWebgpuEngine,
  tfjsNodeEngine,
  tfjsEngine,
];

/** The engine of that name; throws CONFIG listing the names there are. */
export function engineByName(name: string): Engine {
  const engine = ENGINES.find((each) => each.name === name);
  if (engine !== undefined) return engine;
  const names = ["auto", ...ENGINES.map((each) => each.name)].join(", ");
  throw new BioWeftError("CONFIG", `there is no engine "${name}"; choose from ${names}`);
}

/** The same, for one that this machine has; throws MISSING_DEPENDENCY with the reason and the cure. */
export async function presentEngine(name: string): Promise<Engine> {
  const engine = engineByName(name);
  const presence = await engine.presence();
  if (presence.present) return engine;
  const cure = presence.cure ?? "choose another engine, or auto";
  throw new BioWeftError(
    "MISSING_DEPENDENCY",
    `the engine ${name} can't run here: ${presence.reason}; ${cure}`,
  );
}
