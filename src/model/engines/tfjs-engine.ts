/**
 * The engine `tfjs`: TensorFlow.js in plain JavaScript. It runs wherever Node does and is what the others are
 * compared with; far too slow for real work.
 */
import { loadPortableTensorflow } from "../ops/tensorflow.js";
import { CPU_ROWS, type Engine } from "./engine.js";
import { loadTfjsNetwork } from "./tfjs-network.js";

/** Runs wherever Node does: the last resort, and what the others are held against. */
export const tfjsEngine: Engine = {
  name: "tfjs",
  description: "TensorFlow.js in plain JavaScript, fp32",
  automatic: false,
  passRows: CPU_ROWS,
  presence: async () => ({ present: true, found: "Node" }),
  load: async (network, parameters) =>
    loadTfjsNetwork("tfjs", await loadPortableTensorflow(), network, parameters),
};
