/**
 * What doctor finds of the model and of the engines that can run it or train it.
 */
import type { Config } from "../core/config.js";
import { messageOf } from "../core/errors.js";
import type { Engine } from "../model/engines/engine.js";
import { ENGINES } from "../model/engines/registry.js";
import { loadReleasedModel } from "../model/released-model.js";
import { NATIVE_CURES, nativePackageDir } from "../model/tensorflow.js";
import type { Finding } from "./doctor-machine.js";

/** The released model, loaded once to see that it loads, and the engines. */
export async function modelFindings(config: Config): Promise<Finding[]> {
  return [
    await releasedModel(config.modelDir),
    ...(await Promise.all(ENGINES.map(engineFinding))),
    training(),
  ];
}

async function engineFinding({ name, description, presence }: Engine): Promise<Finding> {
  const state = await presence();
  const about = `engine ${name}`;
  if (state.present) return { name: about, ok: true, found: `${description}: ${state.found}` };
  const found = `${description}: no, ${state.reason}`;
  return {
    name: about,
    ok: false,
    optional: true,
    found,
    ...(state.cure === undefined ? {} : { cure: state.cure }),
  };
}

function training(): Finding {
  const dir = nativePackageDir("tfjs-node-gpu") ?? nativePackageDir("tfjs-node");
  const name = "TensorFlow for training";
  if (dir !== undefined) return { name, ok: true, found: dir };
  return { name, ok: false, optional: true, found: "missing", cure: NATIVE_CURES["tfjs-node"] };
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
