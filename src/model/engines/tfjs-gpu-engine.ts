/**
 * The engine `tfjs-gpu`: TensorFlow on an NVIDIA card through @tensorflow/tfjs-node-gpu, with the library that npm
 * fetches or with that of PyPI's TensorFlow (scripts/tensorflow/build.mjs --cuda), which knows newer cards.
 */
import { loadNativeTensorflow, NATIVE_CURES, nativePackageDir } from "../ops/tensorflow.js";
import { type Engine, LARGE_CARD_ROWS } from "./engine.js";
import { nvidiaDriver } from "./graphics-card.js";
import { loadTfjsNetwork } from "./tfjs-network.js";

/** Present where the CUDA binding is built and an NVIDIA driver answers. */
export const tfjsGpuEngine: Engine = {
  name: "tfjs-gpu",
  description: "TensorFlow on an NVIDIA card, through CUDA, fp32",
  automatic: true,
  passRows: LARGE_CARD_ROWS,
  presence: async () => {
    const card = nvidiaDriver();
    if (!card.present) return card;
    const found = nativePackageDir("tfjs-node-gpu");
    if (found !== undefined) return { present: true, found };
    const reason = "the library of @tensorflow/tfjs-node-gpu is not there";
    return { present: false, reason, cure: NATIVE_CURES["tfjs-node-gpu"] };
  },
  load: async (network, parameters) =>
    loadTfjsNetwork("tfjs-gpu", loadNativeTensorflow("tfjs-node-gpu"), network, parameters),
};
