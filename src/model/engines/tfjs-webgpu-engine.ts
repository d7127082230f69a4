/**
 * The engine `tfjs-webgpu`: TensorFlow.js on any graphics card through WebGPU, from npm packages alone.
 */
import { hasWebgpuPackages, loadWebgpuTensorflow } from "../ops/tensorflow.js";
import { CARD_ROWS, type Engine } from "./engine.js";
import { webgpuDriver } from "./graphics-card.js";
import { loadTfjsNetwork } from "./tfjs-network.js";

/** Present where the optional WebGPU packages are and a driver answers. */
export const tfjsWebgpuEngine: Engine = {
  name: "tfjs-webgpu",
  description: "TensorFlow.js on any graphics card, through WebGPU, fp32",
  automatic: true,
  passRows: CARD_ROWS,
  presence: async () => {
    if (hasWebgpuPackages()) return webgpuDriver();
    const reason = "its optional packages are not installed";
    return { present: false, reason, cure: "run `npm install --no-save --ignore-scripts`" };
  },
  load: async (network, parameters) =>
    loadTfjsNetwork("tfjs-webgpu", await loadWebgpuTensorflow(), network, parameters),
};
