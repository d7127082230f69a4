/**
 * What doctor finds of the model and of the engines that can run it or train it.
 */
import { existsSync } from "node:fs";
import { listSupportedBackends } from "onnxruntime-node";
import type { Config } from "../core/config.js";
import { messageOf } from "../core/errors.js";
import { ENGINES } from "../model/engines/registry.js";
import { loadReleasedModel } from "../model/released-model.js";
import { NATIVE_TFJS_DIR } from "../model/training/tensorflow.js";
import type { Finding } from "./doctor-machine.js";

/** The released model, loaded once to see that it loads, and the engines. */
export async function modelFindings(config: Config): Promise<Finding[]> {
  const training = existsSync(NATIVE_TFJS_DIR);
  return [
    await releasedModel(config.modelDir),
    {
      name: "engines for prediction",
      ok: true,
      found: ENGINES.map(({ name, description }) => `${name} (${description})`).join(", "),
    },
    {
      name: "ONNX Runtime's devices",
      ok: true,
      found: listSupportedBackends()
        .map(({ name, bundled }) => (bundled ? name : `${name} (needs its own libraries)`))
        .join(", "),
    },
    {
      name: "engine for training",
      ok: training,
      optional: true,
      found: training ? `TensorFlow, in ${NATIVE_TFJS_DIR}` : "missing",
      ...(training ? {} : { cure: "npm run setup:training" }),
    },
  ];
}

async function releasedModel(folder: string): Promise<Finding> {
  try {
    const model = await loadReleasedModel(folder);
    const { id, engine } = model.info;
    await model.dispose();
    return { name: "model", ok: true, found: `${id} on ${engine}` };
  } catch (fault) {
    return {
      name: "model",
      ok: false,
      found: messageOf(fault),
      cure: "restore models/released from the repository, or name a checkpoint folder by BIOWEFT_MODEL",
    };
  }
}
