/**
 * The engine `tfjs-node`: TensorFlow on the CPU through its Node binding, which `npm run setup:training` builds.
 */
import { loadNativeTensorflow, NATIVE_CURES, nativePackageDir } from "../ops/tensorflow.js";
import { CPU_ROWS, type Engine } from "./engine.js";
import { loadTfjsNetwork } from "./tfjs-network.js";

/** Present where the binding is installed or built. */
export const tfjsNodeEngine: Engine = {
  name: "tfjs-node",
  description: "TensorFlow on the CPU, fp32",
  automatic: false,
  passRows: CPU_ROWS,
  presence: async () => {
    const found = nativePackageDir("tfjs-node");
    if (found !== undefined) return { present: true, found };
    return { present: false, reason: "its binding is not built", cure: NATIVE_CURES["tfjs-node"] };
  },
  load: async (network, parameters) =>
    loadTfjsNetwork("tfjs-node", loadNativeTensorflow("tfjs-node"), network, parameters),
};
